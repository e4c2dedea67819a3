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
  const rows: { contact_id: string; type: string; value: string }[] = await trx('identities')
    .join('identity_keys', (on) => {
      on.on('identity_keys.organization_id', 'identities.organization_id').on(
        'identity_keys.identity_id',
        'identities.id',
      );
    })
    .where({ 'identities.organization_id': organization, 'identities.channel_id': channelId })
    .whereIn('identities.contact_id', contactIds)
    .orderBy([
      { column: 'identity_keys.created_at', order: 'desc' },
      { column: 'identity_keys.type' },
      { column: 'identity_keys.value' },
    ])
    .select('identities.contact_id', 'identity_keys.type', 'identity_keys.value');
  for (const { contact_id, type, value } of rows) {
    keys.set(contact_id, [...(keys.get(contact_id) ?? []), { type, value }]);
  }
  return keys;
}
