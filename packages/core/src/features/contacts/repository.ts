import type { Context, ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { comparable } from '../../kernel/text.js';
import type { Row } from '../../plugin/index.js';
import type { AttributeValue } from '../contact-attributes/index.js';

/** A contact as it is stored. Times are epoch milliseconds. */
export interface ContactRecord {
  id: string;
  name: string | null;
  kind: string;
  /** Also of attributes that stand no longer, until they are taken out. */
  attributes: Readonly<Record<string, AttributeValue>>;
  blockedAt: number | null;
  /** The contact that it was linked to, and is part of. */
  mergedInto: string | null;
  version: number;
  createdAt: number;
}

interface ContactRow {
  id: string;
  name: string | null;
  kind: string;
  attributes: string | null;
  blocked_at: number | null;
  merged_into: string | null;
  version: number;
  created_at: number;
}

export async function findContacts(ctx: ReadContext, ids: readonly string[]): Promise<ContactRecord[]> {
  if (ids.length === 0) return [];
  const rows: ContactRow[] = await standing(ctx).whereIn('id', ids);
  return rows.map(toRecord);
}

/** Whoever was erased is not there any more. */
function standing({ trx, organization }: ReadContext) {
  return trx('contacts').where('organization_id', organization).whereNull('erased_at');
}

/** Those of the contacts that there are, locked until the transaction ends. */
export async function lockContacts(ctx: Context, ids: readonly string[]): Promise<ContactRecord[]> {
  if (ids.length === 0) return [];
  const query = standing(ctx).whereIn('id', ids).orderBy('id');
  const rows: ContactRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

/** What a contact begins with; the name's key is filled in. */
export interface ContactToInsert {
  id: string;
  name: string | null;
  kind: string;
  attributes?: Readonly<Record<string, AttributeValue>>;
}

/** All in one go, 500 at most. */
export async function insertContacts(ctx: Context, contacts: readonly ContactToInsert[]): Promise<void> {
  const now = ctx.installation.clock.now();
  const rows = contacts.map(
    ({ id, name, kind, attributes = {} }): Row => ({
      organization_id: ctx.organization,
      id,
      name,
      kind,
      attributes: attributesColumn(attributes),
      name_key: nameKey(name),
      version: 1,
      created_at: now,
    }),
  );
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'contacts', rows);
}

/** Writes what can change of a contact. */
export async function saveContacts(ctx: Context, contacts: readonly ContactRecord[]): Promise<void> {
  const rows = contacts.map(
    (contact): Row => ({
      organization_id: ctx.organization,
      id: contact.id,
      name: contact.name,
      kind: contact.kind,
      attributes: attributesColumn(contact.attributes),
      name_key: nameKey(contact.name),
      blocked_at: contact.blockedAt,
      merged_into: contact.mergedInto,
      version: contact.version,
    }),
  );
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'contacts', ['organization_id', 'id'], rows);
}

/** Raises the contact's version, for a change that stands beside its row; answers with the new one. */
export async function touchContact({ trx, organization }: Context, id: string): Promise<number> {
  const contact = trx('contacts').where({ organization_id: organization, id });
  await contact.clone().increment('version');
  return (await contact.clone().first('version')).version;
}

/** Sets the name of contacts that are still called what the channel called them. */
export async function renameContacts(
  ctx: Context,
  renames: readonly { id: string; from: string | null; to: string }[],
): Promise<{ id: string; version: number }[]> {
  if (renames.length === 0) return [];
  const rows: { id: string; name: string | null; version: number }[] = await ctx
    .trx('contacts')
    .where('organization_id', ctx.organization)
    .whereIn(
      'id',
      renames.map((rename) => rename.id),
    )
    .whereNull('erased_at')
    .select('id', 'name', 'version');
  const from = new Map(renames.map((rename) => [rename.id, rename]));
  const due = rows.filter((row) => row.name === null || row.name === from.get(row.id)?.from);
  const changed = due.map((row) => {
    const name = from.get(row.id)?.to ?? row.name;
    return {
      organization_id: ctx.organization,
      id: row.id,
      name,
      name_key: nameKey(name),
      version: row.version + 1,
    };
  });
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'contacts', ['organization_id', 'id'], changed);
  return changed.map(({ id, version }) => ({ id, version }));
}

export async function findContactTags(
  { trx, organization }: ReadContext,
  contactIds: readonly string[],
): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>();
  if (contactIds.length === 0) return tags;
  const rows: { contact_id: string; tag_id: string }[] = await trx('contact_tags')
    .where('organization_id', organization)
    .whereIn('contact_id', contactIds)
    .select('contact_id', 'tag_id');
  for (const { contact_id, tag_id } of rows.sort((a, b) => (a.tag_id < b.tag_id ? -1 : 1)))
    tags.set(contact_id, [...(tags.get(contact_id) ?? []), tag_id]);
  return tags;
}

const nameKey = (name: string | null) => (name === null ? null : comparable(name));

const attributesColumn = (attributes: ContactRecord['attributes']) =>
  Object.keys(attributes).length === 0 ? null : JSON.stringify(attributes);

function toRecord(row: ContactRow): ContactRecord {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    attributes: fromJson<ContactRecord['attributes']>(row.attributes) ?? {},
    blockedAt: row.blocked_at,
    mergedInto: row.merged_into,
    version: row.version,
    createdAt: row.created_at,
  };
}
