import { useInbox, useOpenConversation } from '../inbox.js';
import { mayOn } from '../thread/may.js';
import { useConversationsOf } from './use-conversations-of.js';

/** What the signed-in user can do with a contact, by the conversations with it that they know of. */
export interface ContactRights {
  /** Changes, tags and blocks. */
  readonly write: boolean;
  /** Says who is the same person. */
  readonly merge: boolean;
  /** Writes notes about them, and pins those of others. */
  readonly note: boolean;
  /** Leads where they are talked with: removes notes of others, too. */
  readonly lead: boolean;
}

export function useContactRights(contactId: string, conversationId: string): ContactRights {
  const { me } = useInbox();
  const open = useOpenConversation(conversationId)?.conversation;
  const { data = [] } = useConversationsOf(contactId);
  const known = open?.contact.id === contactId ? [open, ...data.filter(({ id }) => id !== open.id)] : data;
  return {
    write: known.some((one) => mayOn(me, 'contacts:write', one)),
    // It all moves: whoever may with some alone is refused.
    merge: known.length > 0 && known.every((one) => mayOn(me, 'contacts:merge', one)),
    note: known.some((one) => mayOn(me, 'conversations:note', one)),
    lead: known.some((one) => mayOn(me, 'feedback:write', one)),
  };
}
