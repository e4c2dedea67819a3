import { useQuery } from '@tanstack/react-query';
import { useInbox } from '../inbox.js';

/**
 * The kinds that a contact can have. Whoever may read the settings knows them all; others those that everybody has at
 * first, and those of whom they have seen.
 */
export function useContactKinds(): readonly string[] {
  const { tims, store, me } = useInbox();
  const { data } = useQuery({
    queryKey: ['contact-kinds'],
    queryFn: async () => (await tims.settings.get()).contactKinds,
    enabled: me.permissions['settings:read'] !== undefined,
    staleTime: 60_000,
    retry: false,
  });
  if (data) return data;
  const found = new Set(['customer', 'tutor']);
  const { lists, open } = store.getSnapshot();
  for (const { conversations } of lists.values()) for (const { contact } of conversations) found.add(contact.kind);
  for (const { conversation } of open.values()) found.add(conversation.contact.kind);
  return [...found].sort();
}
