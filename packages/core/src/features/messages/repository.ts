import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import { storable } from './erased.js';
import { type MessageRecord, type MessageRow, toChange, toRecord, toRow } from './rows.js';

/** One conversation's messages in display order from the cursor on: older ones (`desc`) or newer ones (`asc`). */
export async function pageMessages(
  { trx, organization }: ReadContext,
  conversationId: string,
  direction: 'asc' | 'desc',
  cursor: PageCursor | undefined,
  limit: number,
): Promise<MessageRecord[]> {
  const query = trx('messages').where({ organization_id: organization, conversation_id: conversationId }).limit(limit);
  const rows: MessageRow[] = await seek(query, 'display_at', 'id', direction, cursor);
  return rows.map(toRecord);
}

/** The organization's messages before one of them, the last to come first: ids sort by when they were made. */
export async function messagesByArrival(
  { trx, organization }: ReadContext,
  before: string | null,
  limit: number,
): Promise<{ id: string; conversationId: string }[]> {
  const query = trx('messages').where('organization_id', organization).orderBy('id', 'desc').limit(limit);
  if (before !== null) query.where('id', '<', before);
  return query.select('id', { conversationId: 'conversation_id' });
}

/** The ids of what was said in these conversations, the last to come first; read from an index alone. */
export async function messagesOfConversations(
  { trx, organization }: ReadContext,
  conversationIds: readonly string[],
  before: string | null,
  limit: number,
): Promise<string[]> {
  if (conversationIds.length === 0) return [];
  const query = trx('messages')
    .where('organization_id', organization)
    .whereIn('conversation_id', conversationIds)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== null) query.where('id', '<', before);
  return query.pluck('id');
}

export async function findMessages(ctx: ReadContext, ids: readonly string[]): Promise<MessageRecord[]> {
  if (ids.length === 0) return [];
  const rows: MessageRow[] = await ctx.trx('messages').where('organization_id', ctx.organization).whereIn('id', ids);
  return rows.map(toRecord);
}

/**
 * The messages, locked until the transaction ends. Whoever changes a message reads it so: an answer and a status, or two
 * statuses at two servers, come at the same time, and the later write would take the earlier one back.
 */
export async function lockMessages(ctx: Context, ids: readonly string[]): Promise<MessageRecord[]> {
  if (ids.length === 0) return [];
  const query = ctx.trx('messages').where('organization_id', ctx.organization).whereIn('id', ids);
  const rows: MessageRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

/** How many inbound messages that count came after the place in the conversation, at most `limit`. */
export async function countInboundAfter(
  { trx, organization }: ReadContext,
  conversationId: string,
  after: PageCursor,
  limit: number,
): Promise<number> {
  const query = trx('messages').where({ organization_id: organization, conversation_id: conversationId }).limit(limit);
  seek(query, 'display_at', 'id', 'asc', after);
  const rows: { direction: string; origin: string; extra: string | null }[] = await query.select(
    'direction',
    'origin',
    'extra',
  );
  return rows.filter(
    ({ direction, origin, extra }) =>
      direction === 'inbound' && origin === 'live' && fromJson<Record<string, unknown>>(extra)?.blocked !== true,
  ).length;
}

export async function insertMessages(ctx: Context, messages: readonly MessageRecord[]): Promise<void> {
  const rows = messages.map((message) => toRow(ctx.organization, message));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'messages', rows);
}

/** What is to be sent, and from when on; the outbox worker takes it from here. */
export async function insertOutbox(ctx: Context, message: MessageRecord, runAt: number): Promise<void> {
  await ctx.trx('outbox').insert({
    organization_id: ctx.organization,
    message_id: message.id,
    conversation_id: message.conversationId,
    channel_id: message.channelId,
    state: 'queued',
    attempts: 0,
    run_at: runAt,
    claimed_by: null,
    lease_until: null,
  });
}

/** Removes a message that no send was ever begun for, with its outbox row; answers whether it was in time. */
export async function deleteUnsent({ trx, organization }: Context, id: string): Promise<boolean> {
  const place = { organization_id: organization, message_id: id };
  const taken = await trx('outbox')
    .where({ ...place, state: 'queued', attempts: 0 })
    .delete();
  if (taken !== 1) return false;
  await trx('message_tags').where(place).delete();
  await trx('messages').where({ organization_id: organization, id }).delete();
  return true;
}

/** Writes what can change of a message: state, times, content, error, its external id. */
export async function updateMessages(ctx: Context, messages: readonly MessageRecord[]): Promise<void> {
  const rows = messages.map((message) => toChange(ctx.organization, storable(ctx.installation, message)));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'messages', ['organization_id', 'id'], rows);
}

export async function findMessageTags(
  { trx, organization }: ReadContext,
  messageIds: readonly string[],
): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>();
  if (messageIds.length === 0) return tags;
  const rows: { message_id: string; tag_id: string }[] = await trx('message_tags')
    .where('organization_id', organization)
    .whereIn('message_id', messageIds)
    .select('message_id', 'tag_id');
  for (const { message_id, tag_id } of rows.sort((a, b) => (a.tag_id < b.tag_id ? -1 : 1)))
    tags.set(message_id, [...(tags.get(message_id) ?? []), tag_id]);
  return tags;
}

export async function reactionsOf(
  { trx, organization }: ReadContext,
  messageIds: readonly string[],
): Promise<Map<string, { author: string; emoji: string }[]>> {
  const reactions = new Map<string, { author: string; emoji: string }[]>();
  if (messageIds.length === 0) return reactions;
  const rows: { message_id: string; author: string; emoji: string }[] = await trx('reactions')
    .where('organization_id', organization)
    .whereIn('message_id', messageIds)
    .whereNotNull('emoji')
    .orderBy(['message_id', 'author']);
  for (const { message_id, author, emoji } of rows) {
    reactions.set(message_id, [...(reactions.get(message_id) ?? []), { author, emoji }]);
  }
  return reactions;
}
