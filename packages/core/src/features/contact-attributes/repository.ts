import type { Context, ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { ContactAttribute } from './schema.js';

interface AttributeRow {
  key: string;
  name: string;
  type: ContactAttribute['type'];
  options: string | null;
  position: number;
  version: number;
  created_at: number;
  removed_at: number | null;
}

/** All that stand, in their order; a hundred at most. */
export async function listAttributeRows({ trx, organization }: ReadContext): Promise<ContactAttribute[]> {
  const rows: AttributeRow[] = await trx('contact_attributes')
    .where('organization_id', organization)
    .whereNull('removed_at');
  return rows.map(present).sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
}

/** Locked until the transaction ends: undefined where there is none, `removed` while its values are being taken away. */
export async function lockAttribute(
  { trx, organization, installation }: Context,
  key: string,
): Promise<(ContactAttribute & { removed: boolean }) | undefined> {
  const query = trx('contact_attributes').where({ organization_id: organization, key });
  const [row]: AttributeRow[] = await installation.storage.dialect.forUpdate(query);
  return row && { ...present(row), removed: row.removed_at !== null };
}

export async function insertAttribute(ctx: Context, attribute: ContactAttribute): Promise<void> {
  const { key, name, type, options, position, version, createdAt } = attribute;
  await ctx.trx('contact_attributes').insert({
    organization_id: ctx.organization,
    ...{ key, name, type, position, version },
    options: JSON.stringify(options),
    created_at: Date.parse(createdAt),
  });
}

export async function updateAttribute({ trx, organization }: Context, attribute: ContactAttribute): Promise<void> {
  const { key, name, options, position, version } = attribute;
  await trx('contact_attributes')
    .where({ organization_id: organization, key })
    .update({ name, options: JSON.stringify(options), position, version });
}

/** It stands no longer; its key is free once its values are taken away. */
export async function markRemoved({ trx, organization, installation }: Context, key: string): Promise<void> {
  await trx('contact_attributes')
    .where({ organization_id: organization, key })
    .update({ removed_at: installation.clock.now() });
}

export async function isBeingRemoved(ctx: Context, key: string): Promise<boolean> {
  return (await lockAttribute(ctx, key))?.removed === true;
}

export async function deleteAttribute({ trx, organization }: Context, key: string): Promise<void> {
  await trx('contact_attributes').where({ organization_id: organization, key }).whereNotNull('removed_at').delete();
}

function present(row: AttributeRow): ContactAttribute {
  return {
    key: row.key,
    name: row.name,
    type: row.type,
    options: row.options === null ? [] : fromJson<string[]>(row.options),
    position: row.position,
    version: row.version,
    createdAt: timestamp(row.created_at),
  };
}
