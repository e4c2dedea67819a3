import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ConversationFilter, type Counts, listKey, type RealtimeItem } from '@tims/sdk';
import { useEffect } from 'react';
import { useAppInbox } from './app-inbox.js';
import type { Place } from './places.js';

export interface Count {
  readonly total: number;
  readonly unread: number;
}

const key = ['counts'];
const pause = 1_000;

/** How many conversations stand where; undefined until the first answer. */
export function useCounts(): Counts | undefined {
  const { tims } = useAppInbox();
  const { data } = useQuery({ queryKey: key, queryFn: () => tims.conversations.counts(), staleTime: pause });
  return data;
}

/** How many conversations a filter leaves over. */
export interface FilteredCount {
  readonly total: number;
  /** False where there are at least so many. */
  readonly exact: boolean;
}

/** How many there are under a filter, live; undefined until that is known, and without a filter. */
export function useFilteredCount(filter: ConversationFilter | undefined): FilteredCount | undefined {
  const { tims } = useAppInbox();
  const { data } = useQuery({
    queryKey: [...key, 'filtered', listKey(filter)],
    queryFn: async () => (await tims.conversations.counts(withoutOrder(filter))).filtered,
    enabled: filter !== undefined,
    staleTime: pause,
  });
  return data ?? undefined;
}

/** An order leaves nothing out, and counting takes none. */
export function withoutOrder({ order: _, ...filter }: ConversationFilter = {}): Omit<ConversationFilter, 'order'> {
  return filter;
}

/** Keeps the counts up to date: asked for again whenever something happened, at most once a second. Used once. */
export function useCountsFollowing(): void {
  useFollowing(key, ({ type }) => type !== 'heartbeat' && type !== 'cursor' && !ephemeral.has(type), pause);
}

/** They move no conversation. */
const ephemeral = new Set<RealtimeItem['type']>(['presence', 'presence_reset', 'viewing', 'typing']);

/** Asks again for what stands under the key when something happened that concerns it, no more often than told. */
export function useFollowing(
  queryKey: readonly string[],
  concerns: (item: RealtimeItem) => boolean,
  everyMs: number,
): void {
  const { connection } = useAppInbox();
  const queries = useQueryClient();
  const name = queryKey.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says what the key says, and what concerns it stays
  useEffect(() => {
    const poke = trailing(() => void queries.invalidateQueries({ queryKey: [...queryKey] }), everyMs);
    const unsubscribe = connection.onItems((items) => {
      if (items.some(concerns)) poke.soon();
    });
    return () => {
      unsubscribe();
      poke.cancel();
    };
  }, [connection, queries, name, everyMs]);
}

/** The count of one place. */
export function countOf(counts: Counts | undefined, place: Place, teamId?: string): Count | undefined {
  if (!counts) return undefined;
  if (place.kind === 'group') return place.group === 'due' ? undefined : counts[place.group];
  if (place.kind === 'channel') return counts.channels.find(({ id }) => id === place.id);
  if (place.kind === 'team') return counts.teams.find((team) => team.teamId === teamId);
  return undefined;
}

/** What waits for the reader: unread ones of theirs and of the queue. */
export function waitingCount(counts: Counts | undefined): number {
  return counts ? counts.mine.unread + counts.queue.unread : 0;
}

/** Runs the work a moment after it was asked for (the counts follow the log within 300 ms), then no more often than told. */
export function trailing(work: () => void, everyMs: number, firstMs = 350): { soon(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return {
    soon() {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          last = Date.now();
          work();
        },
        Math.max(firstMs, last + everyMs - Date.now()),
      );
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
