import { useInbox } from '../inbox.js';

/** The kinds that a contact can have in the reader's organization. */
export function useContactKinds(): readonly string[] {
  return useInbox().me.organization.contactKinds;
}
