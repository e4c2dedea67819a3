import { useQueryClient } from '@tanstack/react-query';
import type { Input } from '@tims/sdk';
import { useCallback } from 'react';
import { useInbox } from '../inbox.js';
import { toast } from '../ui.js';
import { refused } from './refused.js';

/** Takes apart again what was linked or merged: `fromId` out of what it is part of. Tells how it went. */
export function useUndoMerge() {
  const { tims, store } = useInbox();
  const queries = useQueryClient();
  return useCallback(
    async (into: Input<'merges.list'>, fromId: string) => {
      try {
        const { data } = await tims.merges.list(into);
        const merge = data.find((one) => one.fromId === fromId && one.undoneAt === null);
        // Somebody else took it back a moment ago.
        if (merge) await tims.merges.undo({ id: merge.id });
        toast({ title: 'They are two again' });
      } catch (error) {
        refused('It could not be taken back', error);
      }
      const { conversationId } = into;
      if (conversationId !== undefined) await store.open(conversationId).catch(() => undefined);
      await Promise.all(
        ['contact', 'contact-links', 'conversations-of', 'duplicates'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
    [tims, store, queries],
  );
}
