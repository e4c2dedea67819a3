import type { Context } from '../../database/context.js';

/** Contacts that an import does not change: erased, or linked to another one, which is then named. */
export async function contactsGone(
  { trx, organization }: Context,
  ids: readonly string[],
): Promise<Map<string, { linkedTo: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; merged_into: string | null }[] = await trx('contacts')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .where((or) => {
      or.whereNotNull('merged_into').orWhereNotNull('erased_at');
    })
    .select('id', 'merged_into');
  return new Map(rows.map((row) => [row.id, { linkedTo: row.merged_into }]));
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
