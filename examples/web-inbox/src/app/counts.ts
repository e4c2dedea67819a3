import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Counts } from '@tims/sdk';
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

/** Keeps the counts up to date: asked for again whenever something happened, at most once a second. Used once. */
export function useCountsFollowing(): void {
  const { connection } = useAppInbox();
  const queries = useQueryClient();
  useEffect(() => {
    const poke = trailing(() => void queries.invalidateQueries({ queryKey: key }), pause);
    const unsubscribe = connection.onItems((items) => {
      if (items.some(({ type }) => type !== 'heartbeat' && type !== 'cursor')) poke.soon();
    });
    return () => {
      unsubscribe();
      poke.cancel();
    };
  }, [connection, queries]);
}

/** The count of one place. */
export function countOf(counts: Counts | undefined, place: Place, teamId?: string): Count | undefined {
  if (!counts) return undefined;
  if (place.kind === 'group') return counts[place.group];
  if (place.kind === 'channel') return counts.channels.find(({ id }) => id === place.id);
  return counts.teams.find((team) => team.teamId === teamId);
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
