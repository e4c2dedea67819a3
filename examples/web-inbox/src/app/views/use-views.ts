import { useQuery, useQueryClient } from '@tanstack/react-query';
import { listKey, type Me, type View } from '@tims/sdk';
import { useCallback } from 'react';
import { useAppInbox } from '../app-inbox.js';
import { type FilteredCount, useFollowing, withoutOrder } from '../counts.js';

const key = ['views'];
const countKey = ['view-counts'];
/** They cost a request each: they may be a little late. */
const countsEveryMs = 5_000;
const mostCounted = 20;

/** The reader's own views and those that are shared with them; undefined until they are known. */
export function useViews(): readonly View[] | undefined {
  const { tims } = useAppInbox();
  const { data } = useQuery({
    queryKey: key,
    queryFn: async () => (await tims.views.list()).data,
    staleTime: 60_000,
  });
  return data;
}

/** Asks for the views at once. */
export function useViewsRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: key }), [queries]);
}

/** How many conversations a view shows; of those far down that is not asked. */
export function useViewCount({ filter }: View, place: number): FilteredCount | undefined {
  const { tims } = useAppInbox();
  const { data } = useQuery({
    queryKey: [...countKey, listKey(filter)],
    queryFn: async () => {
      const counts = await tims.conversations.counts(withoutOrder(filter));
      // A view without a filter shows all there are.
      return counts.filtered ?? { total: counts.all.total + counts.pending.total + counts.closed.total, exact: true };
    },
    enabled: place < mostCounted,
    staleTime: countsEveryMs,
  });
  return data;
}

/** Keeps views and what they count up to date. Used once. */
export function useViewsFollowing(): void {
  useFollowing(key, (item) => item.type === 'event' && item.event.type === 'view.updated', 500);
  useFollowing(countKey, movesLists, countsEveryMs);
}

function movesLists(item: Parameters<Parameters<typeof useFollowing>[1]>[0]): boolean {
  if (item.type === 'entered' || item.type === 'left') return true;
  return item.type === 'event' && /^(conversation|message\.created|follow_up)/.test(item.event.type);
}

/** Whether the reader may change the view: their own, or a shared one where they share. */
export function mayChange(me: Me, { shared, teamId }: View): boolean {
  return shared === 'personal' || mayShareWith(me, teamId);
}

/** Whether the reader may share views with the team; null: with everybody. */
export function mayShareWith(me: Me, teamId: string | null): boolean {
  const scope = me.permissions['views:share'];
  if (scope === 'all') return true;
  return scope === 'team' && teamId !== null && me.teams.some(({ id }) => id === teamId);
}
