import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import type { Installation } from '../../installation.js';
import type { NotificationKind } from './schema.js';

/** A notification as it is stored. Times are epoch milliseconds. */
export interface NotificationRecord {
  id: string;
  userId: string;
  kind: NotificationKind;
  conversationId: string | null;
  /** What it is about. */
  entityId: string;
  /** What happened: one fact is one notification, however often it is told. */
  factId: string;
  actorType: string;
  actorId: string;
  readAt: number | null;
  createdAt: number;
}

interface NotificationRow {
  id: string;
  user_id: string;
  kind: NotificationKind;
  conversation_id: string | null;
  entity_id: string;
  fact_id: string;
  actor_type: string;
  actor_id: string;
  read_at: number | null;
  created_at: number;
}

/** The most that a count of unread ones goes up to: nobody reads a larger number. */
export const mostCounted = 1_000;

/** The caller's, newest first. */
export async function pageNotifications(
  ctx: ReadContext,
  unread: boolean | undefined,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<NotificationRecord[]> {
  const query = own(ctx).limit(limit);
  if (unread === true) query.whereNull('read_at');
  if (unread === false) query.whereNotNull('read_at');
  const rows: NotificationRow[] = await seek(query, 'created_at', 'id', 'desc', cursor);
  return rows.map(toRecord);
}

export async function countUnread(ctx: ReadContext): Promise<number> {
  const some = own(ctx).whereNull('read_at').limit(mostCounted).select('id').as('some');
  const [row] = await ctx.trx.from(some).count({ count: '*' });
  return Number((row as { count?: number | string } | undefined)?.count ?? 0); // knex leaves the type of counts open
}

export async function findOwn(ctx: ReadContext, id: string): Promise<NotificationRecord | undefined> {
  const row: NotificationRow | undefined = await own(ctx).where('id', id).first();
  return row && toRecord(row);
}

/** Unread ones of the caller: these, or those up to a place, or any; newest first, at most `limit`. */
export async function findUnread(
  ctx: ReadContext,
  which: { ids?: readonly string[]; upTo?: PageCursor },
  limit: number,
): Promise<string[]> {
  const query = own(ctx).whereNull('read_at').limit(limit).select('id');
  if (which.ids) query.whereIn('id', which.ids);
  const { upTo } = which;
  if (upTo) {
    query.where('created_at', '<=', upTo.at).where((or) => {
      or.where('created_at', '<', upTo.at).orWhere('id', '<=', upTo.id);
    });
  }
  const rows: { id: string }[] = await query;
  return rows.map(({ id }) => id);
}

export async function setRead(ctx: Context, ids: readonly string[], at: number): Promise<void> {
  await own(ctx).whereIn('id', ids).update({ read_at: at });
}

/** Which of these facts the users have been told of, as `<user> <kind> <fact>`. */
export async function findTold(
  { trx, organization }: ReadContext,
  wanted: readonly Pick<NotificationRecord, 'userId' | 'kind' | 'factId'>[],
): Promise<Set<string>> {
  const rows: { user_id: string; kind: string; fact_id: string }[] = await trx('notifications')
    .where('organization_id', organization)
    .whereIn('user_id', [...new Set(wanted.map((one) => one.userId))])
    .whereIn('kind', [...new Set(wanted.map((one) => one.kind))])
    .whereIn('fact_id', [...new Set(wanted.map((one) => one.factId))])
    .select('user_id', 'kind', 'fact_id');
  return new Set(rows.map((row) => `${row.user_id} ${row.kind} ${row.fact_id}`));
}

/** Who has an unread notification of messages in these conversations, as `<user> <conversation>`. */
export async function findUnreadMessages(
  { trx, organization }: ReadContext,
  conversationIds: readonly string[],
): Promise<Set<string>> {
  if (conversationIds.length === 0) return new Set();
  const rows: { user_id: string; conversation_id: string }[] = await trx('notifications')
    .where({ organization_id: organization, kind: 'message' })
    .whereIn('conversation_id', conversationIds)
    .whereNull('read_at')
    .select('user_id', 'conversation_id');
  return new Set(rows.map((row) => `${row.user_id} ${row.conversation_id}`));
}

/** Those of the messages that came in from a customer. */
export async function inboundAmong({ trx, organization }: ReadContext, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows: { id: string }[] = await trx('messages')
    .where({ organization_id: organization, direction: 'inbound' })
    .whereIn('id', ids)
    .select('id');
  return new Set(rows.map(({ id }) => id));
}

export async function insertNotifications(ctx: Context, records: readonly NotificationRecord[]): Promise<void> {
  const rows = records.map((one) => ({
    organization_id: ctx.organization,
    id: one.id,
    user_id: one.userId,
    kind: one.kind,
    conversation_id: one.conversationId,
    entity_id: one.entityId,
    fact_id: one.factId,
    actor_type: one.actorType,
    actor_id: one.actorId,
    created_at: one.createdAt,
    read_at: one.readAt,
  }));
  await ctx.installation.storage.dialect.bulkInsertIgnore(ctx.trx, 'notifications', rows);
}

/** Removes a chunk of what is older; answers whether there may be more. */
export async function purgeOlder({ storage }: Installation, before: number, chunk: number): Promise<boolean> {
  const rows: { organization_id: string; id: string }[] = await storage
    .reader('notifications')
    .where('created_at', '<', before)
    .limit(chunk)
    .select('organization_id', 'id');
  if (rows.length === 0) return false;
  const keys = rows.map((row) => [row.organization_id, row.id]);
  await storage.writer('notifications').whereIn(['organization_id', 'id'], keys).delete();
  return rows.length === chunk;
}

function own({ trx, organization, actor }: ReadContext): Knex.QueryBuilder {
  return trx('notifications').where({ organization_id: organization, user_id: actor.id });
}

function toRecord(row: NotificationRow): NotificationRecord {
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    conversationId: row.conversation_id,
    entityId: row.entity_id,
    factId: row.fact_id,
    actorType: row.actor_type,
    actorId: row.actor_id,
    readAt: row.read_at === null ? null : Number(row.read_at),
    createdAt: Number(row.created_at),
  };
}
