import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { type Contact, type ContactPatch, changedContact, saveContacts, showContact } from '../contacts/index.js';
import {
  blockedReason,
  type ConversationRecord,
  changeEvent,
  closed,
  lockOngoingOf,
  updateConversations,
} from '../conversations/index.js';

/** Changes what is given of a contact. Whoever is blocked is no longer waited for: what goes on with them is closed. */
export const updateContact = action(
  'contacts.update',
  async (ctx, input: ContactPatch & { id: string }): Promise<Contact> => {
    // Conversations before contacts, as ingest locks them: in the other order two would wait for each other.
    const ongoing = input.blocked === true ? await lockOngoingOf(ctx, input.id) : [];
    const { before, after, fields } = await changedContact(ctx, input);
    if (fields.length === 0) return showContact(ctx, before);
    await saveContacts(ctx, [after]);
    const names = fields.map((field) => (field === 'blockedAt' ? 'blocked' : field));
    ctx.append({
      type: 'contact.updated',
      entityId: after.id,
      entityVersion: after.version,
      changes: { fields: names, ...(names.includes('blocked') ? { blocked: after.blockedAt !== null } : {}) },
    });
    if (before.blockedAt === null && after.blockedAt !== null) await end(ctx, ongoing);
    return showContact(ctx, after);
  },
);

async function end(ctx: Context, ongoing: readonly ConversationRecord[]): Promise<void> {
  const now = ctx.installation.clock.now();
  const changes = ongoing.map((before) => {
    const after = { ...closed(before, blockedReason, now), version: before.version + 1 };
    ctx.append(changeEvent('conversation.closed', before, after));
    return { before, after };
  });
  await updateConversations(ctx, changes);
}
