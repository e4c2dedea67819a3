import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { Note, RealtimeItem } from '@tims/sdk';
import { useEffect, useMemo } from 'react';
import { useInbox } from '../inbox.js';
import { type NotePlace, useNoteActions } from '../thread/notes/use-notes.js';

interface NotePage {
  readonly notes: readonly Note[];
  readonly nextCursor: string | null;
}

/** So many can be pinned, and they come first: the first page has all of them. */
const atOnce = 30;
const keyOf = (contactId: string) => ['contact-notes', contactId];

/** What colleagues noted about a person, kept up to date while it is shown. */
export function useContactNotes(contactId: string) {
  const { tims } = useInbox();
  const queries = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keyOf(contactId),
    queryFn: async ({ pageParam }): Promise<NotePage> => {
      const { data, nextCursor } = await tims.notes.listOfContact({
        id: contactId,
        limit: atOnce,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      });
      return { notes: data, nextCursor };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 15_000,
    retry: false,
  });
  useFreshNotes(contactId);
  const place = useMemo<NotePlace>(() => {
    const change = (make: (notes: readonly Note[], page: number) => readonly Note[]) =>
      queries.setQueryData<InfiniteData<NotePage>>(
        keyOf(contactId),
        (known) =>
          known && { ...known, pages: known.pages.map((page, index) => ({ ...page, notes: make(page.notes, index) })) },
      );
    const drop = (gone: string) => void change((notes) => notes.filter(({ id }) => id !== gone));
    return {
      create: (note, idempotencyKey) => tims.notes.createOfContact({ id: contactId, ...note }, { idempotencyKey }),
      show(note) {
        drop(note.id);
        change((notes, page) => (page === 0 ? [note, ...notes] : notes));
      },
      drop,
    };
  }, [tims, queries, contactId]);
  const actions = useNoteActions(place);
  const notes = useMemo(() => query.data && ordered(query.data.pages.flatMap((page) => page.notes)), [query.data]);
  return { ...query, notes, actions };
}

/** As the server has them: the pinned ones first, then the newest. A note that moved between two pages stands once. */
function ordered(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [note.id, note])).values()].sort(
    (a, b) =>
      Number(b.pinnedAt !== null) - Number(a.pinnedAt !== null) || (a.createdAt + a.id < b.createdAt + b.id ? 1 : -1),
  );
}

/** What colleagues write, change or take away, shows. */
function useFreshNotes(contactId: string): void {
  const { live } = useInbox();
  const queries = useQueryClient();
  useEffect(
    () =>
      live.subscribe((items) => {
        if (items.some((item) => concerns(item, contactId)))
          void queries.invalidateQueries({ queryKey: keyOf(contactId) });
      }),
    [live, queries, contactId],
  );
}

function concerns(item: RealtimeItem, contactId: string): boolean {
  if (item.type === 'resync_required') return true;
  if (item.type !== 'event') return false;
  const { type, changes } = item.event;
  // A link brings the notes of another contact, or takes them away.
  return type === 'contact.linked' || (type.startsWith('note.') && changes?.contactId === contactId);
}
