import type { Context, ReadContext } from '../../database/context.js';
import type { PersonKey } from '../../plugin/index.js';
import { whereKeys } from '../contacts/index.js';

/** Somebody who may be the same person, and what says so. */
export interface Hint {
  contactId: string;
  type: 'address' | 'attribute' | 'name';
  value: string;
}

const most = 50;

/** Others who are reached at one of these addresses, on whatever channel. */
export async function holdersOf(
  { trx, organization }: ReadContext,
  contactId: string,
  keys: readonly PersonKey[],
  type: Hint['type'],
): Promise<Hint[]> {
  if (keys.length === 0) return [];
  const query = trx('identity_keys')
    .join('identities', (join) => {
      join
        .on('identities.organization_id', 'identity_keys.organization_id')
        .on('identities.id', 'identity_keys.identity_id');
    })
    .where('identity_keys.organization_id', organization)
    .whereNot('identities.contact_id', contactId)
    .limit(most);
  whereKeys(query, keys);
  const rows: { contact_id: string; value: string }[] = await query.select('identities.contact_id', 'value');
  return rows.map(({ contact_id, value }) => ({ contactId: contact_id, type, value }));
}

/** Others whose name compares equal. */
export async function namesakes(
  { trx, organization }: ReadContext,
  contactId: string,
  nameKey: string,
): Promise<Hint[]> {
  const rows: { id: string; name: string }[] = await trx('contacts')
    .where({ organization_id: organization, name_key: nameKey })
    .whereNull('merged_into')
    .whereNot('id', contactId)
    .limit(most)
    .select('id', 'name');
  return rows.map(({ id, name }) => ({ contactId: id, type: 'name', value: name }));
}

/** Those of the others of whom somebody said that they are somebody else: looked up by both, as the key has them. */
export async function knownDistinct(
  { trx, organization }: ReadContext,
  contactId: string,
  others: readonly string[],
): Promise<Set<string>> {
  const of = (one: 'a' | 'b', other: 'a' | 'b') =>
    trx('distinct_contacts')
      .where({ organization_id: organization, [one]: contactId })
      .whereIn(other, [...others])
      .pluck(other);
  return new Set((await Promise.all([of('a', 'b'), of('b', 'a')])).flat());
}

/** Says it of the two, once. */
export async function insertDistinct(ctx: Context, one: string, other: string): Promise<void> {
  const [a = '', b = ''] = [one, other].sort();
  const row = { organization_id: ctx.organization, a, b, by: ctx.actor.id, at: ctx.installation.clock.now() };
  await ctx.installation.storage.dialect.bulkInsertIgnore(ctx.trx, 'distinct_contacts', [row]);
}
