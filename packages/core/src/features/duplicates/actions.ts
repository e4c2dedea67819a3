import { action } from '../../database/action.js';
import { fail } from '../../kernel/errors.js';
import { contactInSight, touchContact } from '../contacts/index.js';
import { demand } from '../roles/index.js';
import { insertDistinct } from './repository.js';
import type { Distinction } from './schema.js';

/** Says that two contacts are two people: they are not suggested as one again. */
export const distinguishContacts = action(
  'contacts.distinguish',
  async (ctx, { id, contactId }: Distinction & { id: string }): Promise<undefined> => {
    demand(ctx.actor, 'contacts:merge');
    if (id === contactId) fail('merge_refused', 'A contact is not somebody else');
    for (const one of [id, contactId]) await contactInSight(ctx, one);
    await insertDistinct(ctx, id, contactId);
    const version = await touchContact(ctx, id);
    ctx.append({
      type: 'contact.updated',
      entityId: id,
      entityVersion: version,
      changes: { fields: ['distinct'], distinct: contactId },
    });
    return undefined;
  },
);
