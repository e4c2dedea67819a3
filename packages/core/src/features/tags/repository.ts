import type { Context, ReadContext } from '../../database/context.js';
import { comparable } from '../../kernel/text.js';
import type { Tag } from './schema.js';

interface TagRow {
  id: string;
  team_id: string | null;
  name: string;
  color: Tag['color'];
  purpose: string | null;
  version: number;
}

/** All of the organization's tags, by name. There are tens, at most some hundreds: no paging. */
export async function listTagRows({ trx, organization }: ReadContext): Promise<Tag[]> {
  const rows: TagRow[] = await trx('tags').where('organization_id', organization).orderBy(['scope', 'name_key']);
  return rows.map(present);
}

export async function findTags({ trx, organization }: ReadContext, ids: readonly string[]): Promise<Tag[]> {
  if (ids.length === 0) return [];
  const rows: TagRow[] = await trx('tags').where('organization_id', organization).whereIn('id', ids);
  return rows.map(present);
}

/** The tag that TIMS itself uses for something; undefined where somebody removed it. */
export async function findTagFor({ trx, organization }: ReadContext, purpose: string): Promise<Tag | undefined> {
  const row: TagRow | undefined = await trx('tags').where({ organization_id: organization, purpose }).first();
  return row && present(row);
}

/** The id of the tag that has the name in its team, or among everybody's. */
export async function idByName(
  { trx, organization }: ReadContext,
  { name, teamId }: Pick<Tag, 'name' | 'teamId'>,
): Promise<string | undefined> {
  const row: { id: string } | undefined = await trx('tags')
    .where({ organization_id: organization, scope: teamId ?? '', name_key: comparable(name) })
    .first('id');
  return row?.id;
}

export async function insertTags(ctx: Context, tags: readonly Tag[]): Promise<void> {
  const rows = tags.map((tag) => ({
    organization_id: ctx.organization,
    id: tag.id,
    team_id: tag.teamId,
    scope: tag.teamId ?? '',
    name: tag.name,
    name_key: comparable(tag.name),
    color: tag.color,
    purpose: tag.purpose,
    version: tag.version,
    created_at: ctx.installation.clock.now(),
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'tags', rows);
}

export async function updateTagRow(ctx: Context, { id, name, color, version }: Tag): Promise<void> {
  await ctx
    .trx('tags')
    .where({ organization_id: ctx.organization, id })
    .update({ name, name_key: comparable(name), color, version });
}

export async function deleteTagRow({ trx, organization }: Context, id: string): Promise<void> {
  await trx('tags').where({ organization_id: organization, id }).delete();
}

function present(row: TagRow): Tag {
  return {
    id: row.id,
    teamId: row.team_id,
    name: row.name,
    color: row.color,
    purpose: row.purpose,
    version: row.version,
  };
}
