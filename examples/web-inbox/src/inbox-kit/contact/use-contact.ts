import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RealtimeItem } from '@tims/sdk';
import { useEffect } from 'react';
import { useInbox } from '../inbox.js';
import { forgetNoteDraft } from '../thread/composer/use-note-draft.js';

/** The contact as it stands, kept fresh while it is shown. */
export function useContact(contactId: string) {
  const { tims } = useInbox();
  const query = useQuery({
    queryKey: ['contact', contactId],
    queryFn: () => tims.contacts.get({ id: contactId }),
    staleTime: 30_000,
    retry: false,
  });
  useFreshContact(contactId, query.data?.version);
  return query;
}

/** Events tell that it changed; where one was missed, a conversation carries the version of its contact. */
function useFreshContact(contactId: string, version: number | undefined): void {
  const { store, live, me } = useInbox();
  const queries = useQueryClient();
  useEffect(() => {
    if (version === undefined) return;
    const refresh = () => void queries.invalidateQueries({ queryKey: ['contact', contactId] });
    const leaveStore = store.subscribe(() => {
      for (const { conversation } of store.getSnapshot().open.values()) {
        const { contact } = conversation;
        if (contact.id === contactId && contact.version > version) refresh();
      }
    });
    const leaveLive = live.subscribe((items) => {
      if (items.some((item) => isErased(item, contactId))) {
        forgetNoteDraft(me.id, contactId);
        forget(queries, contactId);
        return;
      }
      const changed = items.some(
        (item) =>
          item.type === 'event' && item.event.entityId === contactId && (item.event.entityVersion ?? 0) > version,
      );
      if (changed) refresh();
    });
    return () => {
      leaveStore();
      leaveLive();
    };
  }, [store, live, queries, contactId, version, me.id]);
}

function isErased(item: RealtimeItem, contactId: string): boolean {
  return item.type === 'event' && item.event.type === 'contact.erased' && item.event.entityId === contactId;
}

/** Nothing of somebody who was erased stays in sight until the server has answered. */
function forget(queries: QueryClient, contactId: string): void {
  for (const name of ['contact', 'contact-notes', 'stream', 'duplicates', 'conversations-of'])
    void queries.resetQueries({ queryKey: [name, contactId] });
}
