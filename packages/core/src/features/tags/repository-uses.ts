import type { Context, ReadContext } from '../../database/context.js';
import type { ConversationRecord } from '../conversations/index.js';

/** What a tag is put on beside conversations, whose rows count their tags. */
export type Tagged = 'message' | 'contact';

/** The tags of those of the conversations that have some. */
export async function findTagsOn(
  { trx, organization }: ReadContext,
  conversations: readonly ConversationRecord[],
): Promise<Map<string, Set<string>>> {
  const tagged = conversations.flatMap(({ id, tagCount }) => (tagCount > 0 ? id : []));
  const tags = new Map<string, Set<string>>();
  if (tagged.length === 0) return tags;
  const rows: { conversation_id: string; tag_id: string }[] = await trx('conversation_tags')
    .where('organization_id', organization)
    .whereIn('conversation_id', tagged)
    .select('conversation_id', 'tag_id');
  for (const { conversation_id, tag_id } of rows) {
    tags.set(conversation_id, (tags.get(conversation_id) ?? new Set()).add(tag_id));
  }
  return tags;
}

export async function insertTagsOn(
  ctx: Context,
  uses: readonly { conversation: ConversationRecord; tagId: string }[],
): Promise<void> {
  const rows = uses.map(({ conversation, tagId }) => ({
    organization_id: ctx.organization,
    conversation_id: conversation.id,
    tag_id: tagId,
    last_activity_at: conversation.lastActivityAt,
    ...author(ctx),
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'conversation_tags', rows);
}

export async function deleteTagsOn(
  { trx, organization }: Context,
  conversationIds: readonly string[],
  tagIds: readonly string[],
): Promise<void> {
  if (conversationIds.length === 0 || tagIds.length === 0) return;
  await trx('conversation_tags')
    .where('organization_id', organization)
    .whereIn('conversation_id', conversationIds)
    .whereIn('tag_id', tagIds)
    .delete();
}

/** Some of the conversations that have the tag, at most `limit`: a tag that goes is taken off in steps. */
export async function conversationsWith(
  { trx, organization }: ReadContext,
  tagId: string,
  limit: number,
): Promise<string[]> {
  const rows: { conversation_id: string }[] = await trx('conversation_tags')
    .where({ organization_id: organization, tag_id: tagId })
    .limit(limit)
    .select('conversation_id');
  return rows.map((row) => row.conversation_id);
}

/** Puts the tag on a message or a contact; answers whether it was not there. */
export async function insertTagUse(ctx: Context, what: Tagged, id: string, tagId: string): Promise<boolean> {
  const place = { organization_id: ctx.organization, [`${what}_id`]: id, tag_id: tagId };
  if (await ctx.trx(`${what}_tags`).where(place).first('tag_id')) return false;
  await ctx.trx(`${what}_tags`).insert({ ...place, ...author(ctx) });
  return true;
}

/** Takes it off again; answers whether it was there. */
export async function deleteTagUse(ctx: Context, what: Tagged, id: string, tagId: string): Promise<boolean> {
  const place = { organization_id: ctx.organization, [`${what}_id`]: id, tag_id: tagId };
  return (await ctx.trx(`${what}_tags`).where(place).delete()) > 0;
}

/** Takes the tag off all messages and contacts. */
export async function deleteTagUses({ trx, organization }: Context, tagId: string): Promise<void> {
  for (const table of ['message_tags', 'contact_tags']) {
    await trx(table).where({ organization_id: organization, tag_id: tagId }).delete();
  }
}

function author(ctx: Context): { tagged_by: string | null; tagged_at: number } {
  return { tagged_by: ctx.actor.type === 'user' ? ctx.actor.id : null, tagged_at: ctx.installation.clock.now() };
}
