import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { demand, scopeOf, sight } from '../roles/index.js';
import { conversationsOf, findContact } from './repository.js';
import type { Contact } from './schema.js';

/** A contact, for those who see one of its conversations whole. */
export async function getContact(ctx: ReadContext, id: string): Promise<Contact> {
  demand(ctx.actor, 'contacts:read');
  const contact = (await findContact(ctx, id)) ?? fail('not_found', `There is no contact ${id}`);
  if (scopeOf(ctx.actor, 'contacts:read') !== 'all') {
    const conversations = await conversationsOf(ctx, id);
    if (!conversations.some((one) => sight(ctx.actor, one) === 'whole')) fail('not_found', `There is no contact ${id}`);
  }
  ctx.installation.accessLog.note(ctx.actor, { action: 'contacts.get', entityId: id });
  return contact;
}
