import type { Context, ReadContext } from '../../database/context.js';

export interface WatcherRecord {
  conversationId: string;
  userId: string;
  addedBy: string;
  /** Epoch milliseconds. */
  addedAt: number;
}

/** Who watches these conversations; one read for any number of them. */
export async function findWatchers(
  { trx, organization }: ReadContext,
  conversationIds: readonly string[],
): Promise<WatcherRecord[]> {
  if (conversationIds.length === 0) return [];
  const rows = await trx('conversation_watchers')
    .where('organization_id', organization)
    .whereIn('conversation_id', conversationIds);
  return rows
    .map(
      (row): WatcherRecord => ({
        conversationId: row.conversation_id,
        userId: row.user_id,
        addedBy: row.added_by,
        addedAt: Number(row.added_at),
      }),
    )
    .sort((a, b) => a.addedAt - b.addedAt || (a.userId < b.userId ? -1 : 1));
}

export async function insertWatcher(ctx: Context, watcher: WatcherRecord): Promise<void> {
  await ctx.trx('conversation_watchers').insert({
    organization_id: ctx.organization,
    conversation_id: watcher.conversationId,
    user_id: watcher.userId,
    added_by: watcher.addedBy,
    added_at: watcher.addedAt,
  });
}

/** Answers whether the user was one. */
export async function deleteWatcher(ctx: Context, conversationId: string, userId: string): Promise<boolean> {
  const place = { organization_id: ctx.organization, conversation_id: conversationId, user_id: userId };
  return (await ctx.trx('conversation_watchers').where(place).delete()) > 0;
}

/** How many of the newest messages are looked through for who wrote: a group of years has more than anybody shows. */
const looked = 1_000;

/** The identities that wrote the newest messages of the conversation. */
export async function identitiesThatWrote(
  { trx, organization }: ReadContext,
  conversationId: string,
): Promise<string[]> {
  const newest = trx('messages')
    .where({ organization_id: organization, conversation_id: conversationId })
    .orderBy([
      { column: 'display_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(looked)
    .select('identity_id', 'direction')
    .as('newest');
  const rows: { identity_id: string }[] = await trx
    .from(newest)
    .where('direction', 'inbound')
    .whereNotNull('identity_id')
    .distinct('identity_id');
  return rows.map((row) => row.identity_id);
}
