import type { Conversation } from '@tims/sdk';

/** What the person outside is called; never empty. */
export function contactName(contact: Conversation['contact']): string {
  return contact.name?.trim() || 'Unnamed contact';
}

/** What a colleague is called. */
export function colleagueName(
  colleagues: ReadonlyMap<string, { readonly name: string }>,
  me: { readonly id: string },
  id: string | null,
): string {
  if (id === me.id) return 'You';
  return (id && colleagues.get(id)?.name) || 'A colleague';
}
