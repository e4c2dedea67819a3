import type { Context, ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import type { PersonKey } from '../../plugin/index.js';
import { whereKeys } from '../contacts/index.js';
import { type ConversationRow, toChange, toChanges, toRecord, toRow } from './rows.js';
import type { ConversationRecord } from './state.js';

/** The conversation, locked until the transaction ends; throws `not_found`. */
export async function lockConversation(ctx: Context, id: string): Promise<ConversationRecord> {
  const query = ctx.trx('conversations').where({ organization_id: ctx.organization, id });
  const [row]: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row ? toRecord(row) : fail('not_found', `There is no conversation ${id}`);
}

/** Those of the conversations that there are, locked until the transaction ends, in the order of their ids. */
export async function lockConversations(ctx: Context, ids: readonly string[]): Promise<ConversationRecord[]> {
  if (ids.length === 0) return [];
  const query = ctx
    .trx('conversations')
    .where('organization_id', ctx.organization)
    .whereIn('id', ids)
    // Two that lock the same ones do so in one order.
    .orderBy('id');
  const rows: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

export async function findConversation(ctx: ReadContext, id: string): Promise<ConversationRecord | undefined> {
  const [record] = await findConversations(ctx, [id]);
  return record;
}

export async function findConversations(ctx: ReadContext, ids: readonly string[]): Promise<ConversationRecord[]> {
  if (ids.length === 0) return [];
  const rows: ConversationRow[] = await ctx
    .trx('conversations')
    .where('organization_id', ctx.organization)
    .whereIn('id', ids);
  return rows.map(toRecord);
}

/** A thread that goes on, and in which conversation. */
export interface LiveThread {
  key: string;
  conversation: ConversationRecord;
  /** The conversation that the thread had before it was merged into that one; it still holds the key. */
  merged?: ConversationRecord;
}

/**
 * The conversations of one channel that go on with whoever has these keys, or under these thread keys; locked until the
 * transaction ends.
 */
export async function lockThreads(
  ctx: Context,
  channelId: string,
  personKeys: readonly PersonKey[],
  threadKeys: readonly string[],
): Promise<LiveThread[]> {
  const { trx, organization, installation } = ctx;
  const place = { organization_id: organization, channel_id: channelId };
  const query = trx('conversations')
    .where(place)
    .where((or) => {
      or.whereIn('active_key', (of) => {
        of.from('identity_keys').where(place).select('identity_id');
        whereKeys(of, personKeys);
      });
      if (threadKeys.length > 0) or.orWhereIn('active_key', threadKeys);
    });
  const rows: ConversationRow[] = await installation.storage.dialect.forUpdate(query);
  return followMerged(ctx, rows.map(toRecord));
}

/** The conversations of one channel that these threads continue, locked until the transaction ends. */
export async function lockActive(
  ctx: Context,
  channelId: string,
  threadKeys: readonly string[],
): Promise<LiveThread[]> {
  if (threadKeys.length === 0) return [];
  const query = ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, channel_id: channelId })
    .whereIn('active_key', threadKeys);
  const rows: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return followMerged(ctx, rows.map(toRecord));
}

/**
 * Each thread with the conversation that it is part of by now. Where that one has come to its end the thread has, too:
 * it gives up its key, and begins anew.
 */
async function followMerged(ctx: Context, holders: readonly ConversationRecord[]): Promise<LiveThread[]> {
  const threads = holders.map((holder) => ({
    key: holder.activeKey ?? holder.threadKey,
    holder,
    conversation: holder,
  }));
  for (;;) {
    const targets = threads.flatMap(({ conversation }) => conversation.mergedInto ?? []);
    if (targets.length === 0) break;
    const found = new Map((await lockConversations(ctx, targets)).map((record) => [record.id, record]));
    for (const thread of threads) {
      const { mergedInto } = thread.conversation;
      thread.conversation = (mergedInto !== null && found.get(mergedInto)) || thread.conversation;
    }
  }
  const over = threads.filter(({ conversation }) => conversation.activeKey === null).map(({ holder }) => holder);
  const changes = over.map((before) => ({ before, after: { ...before, activeKey: null } }));
  await updateConversations(ctx, changes);
  return threads
    .filter(({ conversation }) => conversation.activeKey !== null)
    .map(({ key, holder, conversation }) =>
      holder === conversation ? { key, conversation } : { key, conversation, merged: holder },
    );
}

export async function insertConversations(ctx: Context, records: readonly ConversationRecord[]): Promise<void> {
  const rows = records.map((record) => toRow(ctx.organization, record));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'conversations', rows);
}

/** Writes what changed of the conversations; nothing where nothing did. */
export async function updateConversations(
  ctx: Context,
  changes: readonly { before: ConversationRecord; after: ConversationRecord }[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = toChanges(ctx.organization, changes);
  await Promise.all([
    ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'conversations', ['organization_id', 'id'], rows),
    keepTagsInStep(ctx, changes),
  ]);
}

/** Makes each conversation a thread of its own, which nobody continues: the thread's key may name a person. */
export async function severThreads({ trx, organization }: Context, ids: readonly string[]): Promise<void> {
  await trx('conversations')
    .where('organization_id', organization)
    .whereIn('id', [...ids])
    .update({ thread_key: trx.ref('id'), active_key: null });
}

/** The lists of tags are ordered by their own copy of the last activity. */
async function keepTagsInStep(
  ctx: Context,
  changes: readonly { before: ConversationRecord; after: ConversationRecord }[],
): Promise<void> {
  const rows = changes
    .filter(({ before, after }) => before.tagCount > 0 && before.lastActivityAt !== after.lastActivityAt)
    .map(({ after }) => ({
      organization_id: ctx.organization,
      conversation_id: after.id,
      last_activity_at: after.lastActivityAt,
    }));
  if (rows.length === 0) return;
  const keys = ['organization_id', 'conversation_id'];
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'conversation_tags', keys, rows);
}

/** Compare-and-set on who handles it: fails with `conflict` when somebody else was faster. */
export async function saveConversation(
  ctx: Context,
  before: ConversationRecord,
  after: ConversationRecord,
): Promise<void> {
  const rows = await ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, id: before.id, handler_version: before.handlerVersion })
    .update(toChange(ctx.organization, after));
  if (rows !== 1) fail('conflict');
  await keepTagsInStep(ctx, [{ before, after }]);
}

/** Some of the contact's conversations, or of those that are answered over these identities, locked; by their ids. */
export async function lockConversationsOf(
  ctx: Context,
  contactId: string,
  limit: number,
  identityIds?: readonly string[],
): Promise<ConversationRecord[]> {
  const query = ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, contact_id: contactId })
    .orderBy('id')
    .limit(limit);
  if (identityIds) query.whereIn('identity_id', [...identityIds]);
  const rows: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

/** Some of what the user has and that is not closed, locked until the transaction ends. */
export async function lockAssigned(ctx: Context, userId: string, limit: number): Promise<ConversationRecord[]> {
  const query = ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, assignee_id: userId })
    .whereIn('status', ['assigned', 'pending'])
    .orderBy('id')
    .limit(limit);
  const rows: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

/** The conversations that a contact has over one identity, locked until the transaction ends. */
export async function lockConversationsOfIdentity(
  ctx: Context,
  contactId: string,
  identityId: string,
): Promise<ConversationRecord[]> {
  const query = ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, contact_id: contactId, identity_id: identityId });
  const rows: ConversationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

/** A contact's conversations that are not closed, at most 500, locked until the transaction ends. */
export async function lockOngoingOf(ctx: Context, contactId: string): Promise<ConversationRecord[]> {
  const ids: string[] = await ctx
    .trx('conversations')
    .where({ organization_id: ctx.organization, contact_id: contactId })
    .whereNot('lifecycle', 'closed')
    .limit(500)
    .pluck('id');
  return (await lockConversations(ctx, ids)).filter((one) => one.contactId === contactId && one.lifecycle !== 'closed');
}
