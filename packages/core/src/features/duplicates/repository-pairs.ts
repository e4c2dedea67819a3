import type { ReadContext } from '../../database/context.js';
import type { PersonKey } from '../../plugin/index.js';
import { whereKeys } from '../contacts/index.js';

export const nameOfKey = ({ type, value }: PersonKey): string => `${type} ${value}`;

const keysAtOnce = 500;

/** Who is reached at each of the addresses, on whatever channel: no more than there are channels. */
export async function holdersOfKeys(
  { trx, organization }: ReadContext,
  keys: readonly PersonKey[],
): Promise<Map<string, Set<string>>> {
  const holders = new Map<string, Set<string>>();
  const unique = [...new Map(keys.map((key) => [nameOfKey(key), key])).values()];
  for (let at = 0; at < unique.length; at += keysAtOnce) {
    const query = trx('identity_keys').where('organization_id', organization);
    whereKeys(query, unique.slice(at, at + keysAtOnce));
    const held: (PersonKey & { identity_id: string })[] = await query.select('identity_id', 'type', 'value');
    const contactOf = await contactsOf(
      { trx, organization },
      held.map(({ identity_id }) => identity_id),
    );
    for (const { identity_id, ...key } of held) {
      const contactId = contactOf.get(identity_id);
      const name = nameOfKey(key);
      if (contactId !== undefined) holders.set(name, (holders.get(name) ?? new Set()).add(contactId));
    }
  }
  return holders;
}

async function contactsOf(
  { trx, organization }: Pick<ReadContext, 'trx' | 'organization'>,
  identityIds: readonly string[],
): Promise<Map<string, string>> {
  const contacts = new Map<string, string>();
  for (let at = 0; at < identityIds.length; at += keysAtOnce) {
    const rows: { id: string; contact_id: string }[] = await trx('identities')
      .where('organization_id', organization)
      .whereIn('id', identityIds.slice(at, at + keysAtOnce))
      .select('id', 'contact_id');
    for (const { id, contact_id } of rows) contacts.set(id, contact_id);
  }
  return contacts;
}

const oneName =
  'select id, name, name_key from contacts where organization_id = ? and name_key = ? and id < ? order by id desc limit ?';

/** For each of them the newest of those older ones who are called the same, by who they are. */
export async function olderNamesakes(
  { trx, organization }: ReadContext,
  named: readonly { id: string; nameKey: string }[],
  most: number,
): Promise<Map<string, { id: string; name: string }[]>> {
  if (named.length === 0) return new Map();
  // One index range for each in one statement, each read to its own limit: a name may be thousands'.
  const ranges = named.map((_, at) => `select ${at} as place, range_${at}.* from (${oneName}) as range_${at}`);
  const values = named.flatMap(({ id, nameKey }) => [organization, nameKey, id, most]);
  const rows: { place: number; id: string; name: string }[] = await trx
    .from(trx.raw(`(${ranges.join(' union all ')}) as ranges`, values))
    .select('place', 'id', 'name');
  const found = new Map<string, { id: string; name: string }[]>();
  for (const { place, id, name } of rows) {
    const whose = named[Number(place)]?.id ?? '';
    found.set(whose, [...(found.get(whose) ?? []), { id, name }]);
  }
  return found;
}

/** Of which of these pairs somebody said that they are two; each as `<the smaller id> <the other>`. */
export async function distinctAmong(
  { trx, organization }: ReadContext,
  pairs: readonly (readonly [string, string])[],
): Promise<Set<string>> {
  const distinct = new Set<string>();
  const sorted = pairs.map((pair) => [...pair].sort());
  for (let at = 0; at < sorted.length; at += keysAtOnce) {
    const some = sorted.slice(at, at + keysAtOnce);
    const rows: { a: string; b: string }[] = await trx('distinct_contacts')
      .where('organization_id', organization)
      .whereIn('a', [...new Set(some.map(([a]) => a ?? ''))])
      .whereIn('b', [...new Set(some.map(([, b]) => b ?? ''))])
      .select('a', 'b');
    for (const { a, b } of rows) distinct.add(`${a} ${b}`);
  }
  return distinct;
}
