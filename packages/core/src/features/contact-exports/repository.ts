import type { ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import type { PersonKey } from '../../plugin/index.js';

export interface ExportedContact {
  id: string;
  name: string | null;
  kind: string;
  attributes: Record<string, string | number | boolean>;
  /** Epoch milliseconds. */
  createdAt: number;
}

interface ContactRow {
  id: string;
  name: string | null;
  kind: string;
  attributes: string | null;
  created_at: number;
}

/** The contacts behind this id, which sort by when they were made; without those that are another one's, or nobody's. */
export async function contactsAfter(
  { trx, organization }: ReadContext,
  after: string,
  limit: number,
): Promise<ExportedContact[]> {
  const rows: ContactRow[] = await trx('contacts')
    .where('organization_id', organization)
    .where('id', '>', after)
    .whereNull('erased_at')
    .whereNull('merged_into')
    .orderBy('id')
    .limit(limit)
    .select('id', 'name', 'kind', 'attributes', 'created_at');
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    attributes: fromJson<ExportedContact['attributes']>(row.attributes) ?? {},
    createdAt: row.created_at,
  }));
}

/** By contact: the keys of their identities on the channel, the newest first. */
export async function keysOn(
  { trx, organization }: ReadContext,
  channelId: string,
  contactIds: readonly string[],
): Promise<Map<string, PersonKey[]>> {
  const keys = new Map<string, PersonKey[]>();
  if (contactIds.length === 0) return keys;
  // In two steps: joined, SQLite would rather read all addresses of the organization than look up those of a page.
  const identities: { id: string; contact_id: string }[] = await trx('identities')
    .where({ organization_id: organization, channel_id: channelId })
    .whereIn('contact_id', contactIds)
    .select('id', 'contact_id');
  const contactOf = new Map(identities.map(({ id, contact_id }) => [id, contact_id]));
  for (const { identity_id, type, value } of await keysOfIdentities({ trx, organization }, [...contactOf.keys()])) {
    const contactId = contactOf.get(identity_id) ?? '';
    keys.set(contactId, [...(keys.get(contactId) ?? []), { type, value }]);
  }
  return keys;
}

interface KeyRow extends PersonKey {
  identity_id: string;
  created_at: number;
}

const identitiesAtOnce = 500;

/** Their keys, the newest first. */
async function keysOfIdentities(
  { trx, organization }: Pick<ReadContext, 'trx' | 'organization'>,
  identityIds: readonly string[],
): Promise<KeyRow[]> {
  const rows: KeyRow[] = [];
  for (let at = 0; at < identityIds.length; at += identitiesAtOnce) {
    const some: KeyRow[] = await trx('identity_keys')
      .where('organization_id', organization)
      .whereIn('identity_id', identityIds.slice(at, at + identitiesAtOnce))
      .select('identity_id', 'type', 'value', 'created_at');
    rows.push(...some);
  }
  const place = ({ type, value }: KeyRow) => `${type} ${value}`;
  return rows.sort((a, b) => b.created_at - a.created_at || (place(a) < place(b) ? -1 : 1));
}
