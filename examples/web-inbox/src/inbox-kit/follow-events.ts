import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useInbox } from './inbox.js';

/**
 * Asks again for what a query holds when an event tells that it changed.
 *
 * @param concerns the types of the events, e.g. `tag.updated`
 */
export function useFollowingEvents(queryKey: string, concerns: readonly string[], conversationId?: string): void {
  const { live } = useInbox();
  const queries = useQueryClient();
  const types = concerns.join();
  useEffect(
    () =>
      live.subscribe((items) => {
        const changed = items.some(
          (item) =>
            item.type === 'event' &&
            types.split(',').includes(item.event.type) &&
            (conversationId === undefined || item.event.conversationId === conversationId),
        );
        if (changed) void queries.invalidateQueries({ queryKey: [queryKey] });
      }),
    [live, queries, queryKey, types, conversationId],
  );
}
