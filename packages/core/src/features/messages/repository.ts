import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import type { MessageContent, ProviderError, Row } from '../../plugin/index.js';
import { storable, veiledId } from './erased.js';
import type { MessageState } from './schema.js';

/** A message as it is stored. Times are epoch milliseconds. */
export interface MessageRecord {
  id: string;
  conversationId: string;
  channelId: string;
  direction: 'inbound' | 'outbound';
  origin: string;
  identityId: string | null;
  userId: string | null;
  content: MessageContent;
  externalId: string | null;
  replyTo: string | null;
  sentAt: number;
  receivedAt: number;
  displayAt: number;
  state: MessageState | null;
  deliveredAt: number | null;
  readAt: number | null;
  error: ProviderError | null;
  /** What the provider said beside it: referral, forwarded, pricing. */
  extra: Record<string, unknown> | null;
  editedAt: number | null;
  revokedAt: number | null;
  version: number;
}

interface MessageRow {
  id: string;
  conversation_id: string;
  channel_id: string;
  direction: MessageRecord['direction'];
  origin: string;
  identity_id: string | null;
  user_id: string | null;
  type: string;
  content: string;
  external_id: string | null;
  reply_to: string | null;
  sent_at: number;
  received_at: number;
  display_at: number;
  state: MessageState | null;
  delivered_at: number | null;
  read_at: number | null;
  error: string | null;
  extra: string | null;
  edited_at: number | null;
  revoked_at: number | null;
  version: number;
}

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

/** Messages of one channel by the provider's ids. */
export async function findByExternalId(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<MessageRecord[]> {
  if (externalIds.length === 0) return [];
  const rows: MessageRow[] = await ctx
    .trx('messages')
    .where({ organization_id: ctx.organization, channel_id: channelId })
    .whereIn('external_id', externalIds);
  return rows.map(toRecord);
}

/** Our ids of one channel's messages by the provider's ids. */
export async function idsByExternalId(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<string[]> {
  return (await lookUp(ctx, channelId, externalIds)).map(({ id }) => id);
}

/** Which of the provider's ids are stored already. */
export async function knownExternalIds(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await lookUp(ctx, channelId, externalIds)).map(({ externalId }) => externalId));
}

/** The messages that have these provider's ids, also those that were erased since. */
async function lookUp(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<{ id: string; externalId: string }[]> {
  if (externalIds.length === 0) return [];
  const { trx, organization, installation } = ctx;
  const find = (names: readonly string[]): Promise<{ id: string; externalId: string }[]> =>
    trx('messages')
      .where({ organization_id: organization, channel_id: channelId })
      .whereIn('external_id', [...names])
      .select('id', { externalId: 'external_id' });
  // In this order: a message that the first no longer finds under its id was erased by what the second finds.
  const [plain, erasure] = await Promise.all([
    find(externalIds),
    trx('erasures').where('organization_id', organization).first('id'),
  ]);
  if (!erasure) return plain;
  const byVeiled = new Map(externalIds.map((id) => [veiledId(installation, id), id]));
  const veiled = await find([...byVeiled.keys()]);
  return [
    ...plain,
    ...veiled.map(({ id, externalId }) => ({ id, externalId: byVeiled.get(externalId) ?? externalId })),
  ];
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

function toRecord(row: MessageRow): MessageRecord {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    channelId: row.channel_id,
    direction: row.direction,
    origin: row.origin,
    identityId: row.identity_id,
    userId: row.user_id,
    content: fromJson<MessageContent>(row.content),
    externalId: row.external_id,
    replyTo: row.reply_to,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    displayAt: row.display_at,
    state: row.state,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    error: fromJson<ProviderError>(row.error),
    extra: fromJson<Record<string, unknown>>(row.extra),
    editedAt: row.edited_at,
    revokedAt: row.revoked_at,
    version: row.version,
  };
}

function toRow(organization: string, message: MessageRecord): Row {
  return {
    conversation_id: message.conversationId,
    channel_id: message.channelId,
    direction: message.direction,
    origin: message.origin,
    identity_id: message.identityId,
    user_id: message.userId,
    reply_to: message.replyTo,
    sent_at: message.sentAt,
    received_at: message.receivedAt,
    display_at: message.displayAt,
    // Last: properties that are added after a spread cost ten times as much.
    ...toChange(organization, message),
  };
}

function toChange(organization: string, message: MessageRecord): Row {
  return {
    organization_id: organization,
    id: message.id,
    type: message.content.type,
    content: JSON.stringify(message.content),
    external_id: message.externalId,
    state: message.state,
    delivered_at: message.deliveredAt,
    read_at: message.readAt,
    error: message.error && JSON.stringify(message.error),
    extra: message.extra && JSON.stringify(message.extra),
    edited_at: message.editedAt,
    revoked_at: message.revokedAt,
    version: message.version,
  };
}
