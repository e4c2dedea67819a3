import type { Context } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { comparable } from '../../kernel/text.js';
import type { AttributeValues } from './attributes.js';

/** A contact as far as an import changes it. */
export interface ContactDraft {
  id: string;
  name: string | null;
  kind: string;
  attributes: AttributeValues;
  tagIds: ReadonlySet<string>;
  version: number;
  /** The contact that it was linked to. */
  mergedInto: string | null;
}

interface ContactRow {
  id: string;
  name: string | null;
  kind: string;
  attributes: string | null;
  version: number;
  merged_into: string | null;
}

/** The contacts with these ids that were not erased, locked until the transaction ends. */
export async function lockContacts(ctx: Context, ids: readonly string[]): Promise<Map<string, ContactDraft>> {
  const { trx, organization, installation } = ctx;
  if (ids.length === 0) return new Map();
  const query = trx('contacts').where('organization_id', organization).whereIn('id', ids).whereNull('erased_at');
  const rows: ContactRow[] = await installation.storage.dialect.forUpdate(query.orderBy('id'));
  const tags: { contact_id: string; tag_id: string }[] = await trx('contact_tags')
    .where('organization_id', organization)
    .whereIn('contact_id', ids)
    .select('contact_id', 'tag_id');
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        kind: row.kind,
        attributes: fromJson<AttributeValues>(row.attributes) ?? {},
        tagIds: new Set(tags.filter((tag) => tag.contact_id === row.id).map((tag) => tag.tag_id)),
        version: row.version,
        mergedInto: row.merged_into,
      },
    ]),
  );
}

export async function insertDrafts(ctx: Context, drafts: readonly ContactDraft[]): Promise<void> {
  const now = ctx.installation.clock.now();
  const rows = drafts.map((draft) => ({
    organization_id: ctx.organization,
    id: draft.id,
    ...changing(draft),
    created_at: now,
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'contacts', rows);
}

export async function updateDrafts(ctx: Context, drafts: readonly ContactDraft[]): Promise<void> {
  const rows = drafts.map((draft) => ({ organization_id: ctx.organization, id: draft.id, ...changing(draft) }));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'contacts', ['organization_id', 'id'], rows);
}

export async function insertContactTags(
  ctx: Context,
  uses: readonly { contactId: string; tagId: string }[],
): Promise<void> {
  const now = ctx.installation.clock.now();
  const rows = uses.map(({ contactId, tagId }) => ({
    organization_id: ctx.organization,
    contact_id: contactId,
    tag_id: tagId,
    tagged_by: null,
    tagged_at: now,
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'contact_tags', rows);
}

function changing({ name, kind, attributes, version }: ContactDraft) {
  return {
    name,
    name_key: name === null ? null : comparable(name),
    kind,
    attributes: Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : null,
    version,
  };
}
