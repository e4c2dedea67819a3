import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { demand, scopeOf } from '../roles/index.js';
import { presentContacts } from './present.js';
import { type ContactRecord, findContacts } from './repository.js';
import { contactsSeen, contactsWith } from './repository-sight.js';
import type { Contact } from './schema.js';

/** A contact, for those who see one of its conversations whole. */
export async function getContact(ctx: ReadContext, id: string): Promise<Contact> {
  const contact = await contactInSight(ctx, id);
  ctx.installation.accessLog.note(ctx.actor, { action: 'contacts.get', entityId: id });
  return showContact(ctx, contact);
}

export async function showContact(ctx: ReadContext, record: ContactRecord): Promise<Contact> {
  const [contact] = await presentContacts(ctx, [record]);
  return contact ?? fail('internal_error');
}

/** The contact, for somebody who sees it; throws `not_found`. */
export async function contactInSight(ctx: ReadContext, id: string): Promise<ContactRecord> {
  demand(ctx.actor, 'contacts:read');
  const [contact] = await findContacts(ctx, [id]);
  if (!contact || !(await contactsSeen(ctx, [id])).has(id)) fail('not_found', `There is no contact ${id}`);
  return contact;
}

/**
 * Throws unless the actor may change the contact, whom they see: where they may in one of its conversations, or where it
 * has none that could be somebody else's.
 */
export async function demandWritable(ctx: ReadContext, id: string): Promise<void> {
  const { actor } = ctx;
  demand(actor, 'contacts:write');
  const scope = scopeOf(actor, 'contacts:write');
  if (actor.type === 'system' || scope === 'all') return;
  const owners = { assignee: actor.id, ...(scope === 'team' ? { teams: actor.teams } : {}) };
  if ((await contactsWith(ctx, [id], owners)).has(id)) return;
  if ((await contactsWith(ctx, [id], undefined)).has(id)) {
    fail('forbidden', 'It needs the permission contacts:write in one of the conversations of the contact');
  }
}
