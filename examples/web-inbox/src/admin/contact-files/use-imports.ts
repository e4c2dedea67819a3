import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ContactImport, ImportRow } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';

/** Under the name that events of imports refresh; see `useFollowing`. */
const base = ['admin', 'contact-imports'];
const rowsAtOnce = 50;

/** The imports, the newest first. */
export function useImports() {
  const { tims } = useAppInbox();
  return useInfiniteQuery({
    queryKey: [...base, 'list'],
    queryFn: async ({ pageParam }) =>
      tims.contactImports.list({ limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** One import, and how far it is. */
export function useImport(id: string) {
  const { tims } = useAppInbox();
  return useQuery({
    queryKey: [...base, id],
    queryFn: () => tims.contactImports.get({ id }),
    // Where an event is lost it still moves.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 5_000 : false),
    retry: false,
  });
}

/** What became of its rows; of one state, or of all. */
export function useImportRows(id: string, state: ImportRow['state'] | undefined, limit = rowsAtOnce) {
  const { tims } = useAppInbox();
  return useInfiniteQuery({
    queryKey: [...base, id, 'rows', state ?? 'all', limit],
    queryFn: async ({ pageParam }) =>
      tims.contactImports.rows({
        id,
        limit,
        ...(state === undefined ? {} : { state }),
        ...(pageParam ? { cursor: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** Shows what an action answered, without waiting for its event. */
export function useShowImport(): (changed: ContactImport) => void {
  const queries = useQueryClient();
  return (changed) => {
    queries.setQueryData<ContactImport>([...base, changed.id], (known) =>
      known && known.version > changed.version ? known : changed,
    );
    void queries.invalidateQueries({ queryKey: base });
  };
}
