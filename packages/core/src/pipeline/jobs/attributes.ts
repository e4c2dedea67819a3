import type { Context } from '../../database/context.js';
import { reading, transaction } from '../../database/transaction.js';
import { deleteAttribute, isBeingRemoved } from '../../features/contact-attributes/index.js';
import { lockContacts, saveContacts } from '../../features/contacts/index.js';
import type { JobPayloads } from '../../features/jobs/index.js';
import type { Installation } from '../../installation.js';

const chunk = 500;
const actor = { type: 'system', id: 'attributes' } as const;

/**
 * Takes the values of an attribute that was removed out of the contacts, some hundred at a time; then its key is free.
 * Begun again, it finds what is left.
 */
export async function removeAttributeValues(
  installation: Installation,
  { organization, key }: JobPayloads['attribute.remove'],
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  for (let more = true; more; ) {
    signal.throwIfAborted();
    const rows = await contactsAfter(installation, organization, last);
    const holders = rows.filter(({ attributes }) => attributes?.includes(`"${key}":`)).map(({ id }) => id);
    const stands = await transaction(installation, organization, actor, (ctx) => takeOut(ctx, holders, key));
    if (!stands) return;
    last = rows.at(-1)?.id ?? last;
    more = rows.length === chunk;
  }
  await transaction(installation, organization, actor, (ctx) => deleteAttribute(ctx, key));
}

function contactsAfter(
  installation: Installation,
  organization: string,
  last: string,
): Promise<{ id: string; attributes: string | null }[]> {
  return reading(installation, organization, actor)
    .trx('contacts')
    .where('organization_id', organization)
    .where('id', '>', last)
    .orderBy('id')
    .limit(chunk)
    .select('id', 'attributes');
}

/** Answers whether the attribute is still to be removed: the key may be another one's by now. */
async function takeOut(ctx: Context, ids: readonly string[], key: string): Promise<boolean> {
  if (!(await isBeingRemoved(ctx, key))) return false;
  const holders = (await lockContacts(ctx, ids)).filter(({ attributes }) => Object.hasOwn(attributes, key));
  const after = holders.map(({ attributes, version, ...contact }) => {
    const { [key]: _taken, ...left } = attributes;
    return { ...contact, attributes: left, version: version + 1 };
  });
  await saveContacts(ctx, after);
  for (const { id, version } of after) {
    ctx.append({ type: 'contact.updated', entityId: id, entityVersion: version, changes: { fields: ['attributes'] } });
  }
  return true;
}
