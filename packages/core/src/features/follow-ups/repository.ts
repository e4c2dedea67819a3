import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';

/** A follow-up as it is stored. Times are epoch milliseconds. */
export interface FollowUpRecord {
  id: string;
  conversationId: string;
  userId: string;
  dueAt: number;
  text: string | null;
  createdBy: string;
  /** When it has yet to remind; null when it has, or is done. */
  remindAt: number | null;
  doneAt: number | null;
  version: number;
  createdAt: number;
}

interface FollowUpRow {
  id: string;
  conversation_id: string;
  user_id: string;
  due_at: number;
  text: string | null;
  created_by: string;
  remind_at: number | null;
  done_at: number | null;
  version: number;
  created_at: number;
}

/** Which open follow-ups a list is of. */
export interface OpenFollowUps {
  userId?: string;
  conversationId?: string;
  /** Only those of conversations that these teams have. */
  teams?: readonly string[];
  due?: boolean;
  now: number;
}

/**
 * Open ones by the time that they are due, in an index's order. Teams are looked up at each row's conversation, since a
 * conversation changes its team: what is read are open follow-ups, and never more conversations than there are of them.
 */
export async function pageFollowUps(
  ctx: ReadContext,
  { userId, conversationId, teams, due, now }: OpenFollowUps,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<FollowUpRecord[]> {
  const { trx, organization } = ctx;
  const query = trx('follow_ups as f')
    .where({ 'f.organization_id': organization, 'f.open': 1 })
    .limit(limit)
    .select('f.*');
  if (userId) query.where('f.user_id', userId);
  if (conversationId) query.where('f.conversation_id', conversationId);
  if (due === true) query.where('f.due_at', '<=', now);
  if (due === false) query.where('f.due_at', '>', now);
  if (teams) {
    // In this order whatever the planner thinks: the other way round it would read and sort all that the teams have.
    const { joinInOrder } = ctx.installation.storage.dialect;
    query
      .joinRaw(
        `${joinInOrder} conversations as c on c.organization_id = f.organization_id and c.id = f.conversation_id`,
      )
      .whereIn('c.team_id', teams);
  }
  const rows: FollowUpRow[] = await seek(query, 'f.due_at', 'f.id', 'asc', cursor);
  return rows.map(toRecord);
}

export async function findFollowUp(ctx: ReadContext, id: string): Promise<FollowUpRecord | undefined> {
  const row: FollowUpRow | undefined = await followUps(ctx).where('id', id).first();
  return row && toRecord(row);
}

export async function insertFollowUp(ctx: Context, one: FollowUpRecord): Promise<void> {
  await ctx.trx('follow_ups').insert({
    organization_id: ctx.organization,
    id: one.id,
    conversation_id: one.conversationId,
    created_by: one.createdBy,
    created_at: one.createdAt,
    ...changeable(one),
  });
}

/** Answers false where somebody else has changed it since it was read. */
export async function saveFollowUp(ctx: Context, before: FollowUpRecord, after: FollowUpRecord): Promise<boolean> {
  const place = { id: before.id, version: before.version };
  return (await followUps(ctx).where(place).update(changeable(after))) === 1;
}

export async function countOpen(ctx: ReadContext, conversationId: string): Promise<number> {
  const [row] = await followUps(ctx).where({ conversation_id: conversationId, open: 1 }).count({ count: '*' });
  return Number((row as { count?: number | string } | undefined)?.count ?? 0); // knex leaves the type of counts open
}

/** When the earliest open one of the conversation is due; null where none is open. */
export async function earliestDue(ctx: ReadContext, conversationId: string): Promise<number | null> {
  const row: { due_at: number } | undefined = await followUps(ctx)
    .where({ conversation_id: conversationId, open: 1 })
    .orderBy('due_at')
    .first('due_at');
  return row ? Number(row.due_at) : null;
}

/** The organizations and ids of what has yet to remind, the longest due first. */
export async function listToRemind(
  db: Knex,
  now: number,
  limit: number,
): Promise<{ organization: string; id: string }[]> {
  return db('follow_ups')
    .where('remind_at', '<=', now)
    .orderBy('remind_at')
    .limit(limit)
    .select({ organization: 'organization_id' }, 'id');
}

/** The conversations that the follow-ups are about. */
export async function conversationsToRemind(ctx: ReadContext, ids: readonly string[]): Promise<string[]> {
  const rows: { conversation_id: string }[] = await followUps(ctx).whereIn('id', ids).distinct('conversation_id');
  return rows.map((row) => row.conversation_id);
}

/** Those of them that still have to remind, locked until the transaction ends: whoever locks them first reminds. */
export async function lockToRemind(ctx: Context, ids: readonly string[], now: number): Promise<FollowUpRecord[]> {
  const query = followUps(ctx).whereIn('id', ids).where('remind_at', '<=', now).orderBy('id');
  const rows: FollowUpRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map(toRecord);
}

export async function setReminded(ctx: Context, ids: readonly string[]): Promise<void> {
  await followUps(ctx).whereIn('id', ids).update({ remind_at: null });
}

/** The zone of the user's wall clock; UTC where they have not said. */
export async function timeZoneOf({ trx, organization }: ReadContext, userId: string): Promise<string> {
  const row: { time_zone: string | null } | undefined = await trx('users')
    .where({ organization_id: organization, id: userId })
    .first('time_zone');
  return row?.time_zone ?? 'UTC';
}

function followUps({ trx, organization }: ReadContext): Knex.QueryBuilder {
  return trx('follow_ups').where('organization_id', organization);
}

function changeable(one: FollowUpRecord) {
  return {
    user_id: one.userId,
    due_at: one.dueAt,
    text: one.text,
    remind_at: one.remindAt,
    done_at: one.doneAt,
    open: one.doneAt === null ? 1 : 0,
    version: one.version,
  };
}

function toRecord(row: FollowUpRow): FollowUpRecord {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    userId: row.user_id,
    dueAt: Number(row.due_at),
    text: row.text,
    createdBy: row.created_by,
    remindAt: row.remind_at === null ? null : Number(row.remind_at),
    doneAt: row.done_at === null ? null : Number(row.done_at),
    version: row.version,
    createdAt: Number(row.created_at),
  };
}
