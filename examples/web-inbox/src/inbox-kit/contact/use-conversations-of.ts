import { useQuery } from '@tanstack/react-query';
import { useInbox } from '../inbox.js';

/** The last conversations with a person, over all channels; as many as one looks back on. */
export function useConversationsOf(contactId: string) {
  const { tims } = useInbox();
  return useQuery({
    queryKey: ['conversations-of', contactId],
    queryFn: async () => (await tims.conversations.list({ contactId, limit: 20 })).data,
    staleTime: 15_000,
    refetchInterval: 30_000,
    retry: false,
  });
}
