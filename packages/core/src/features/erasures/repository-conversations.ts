import type { Context, ReadContext } from '../../database/context.js';
import { identitiesOf } from './repository-person.js';

/**
 * The person's conversations that are not ended for good yet, those that go on first. A conversation in which others
 * wrote as well, a group's, is theirs too: it goes on, without what this person said.
 */
export async function conversationsToEnd(
  ctx: ReadContext,
  contactIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const { trx, organization } = ctx;
  return trx('conversations as c')
    .where('c.organization_id', organization)
    .whereIn('c.contact_id', [...contactIds])
    .whereRaw('c.thread_key <> c.id')
    .where((or) => {
      or.whereIn('c.thread_key', identitiesOf(ctx, contactIds)).orWhereNotExists(
        trx('messages as m')
          .whereRaw('m.organization_id = c.organization_id and m.conversation_id = c.id')
          .whereNotNull('m.identity_id')
          .whereNotIn('m.identity_id', identitiesOf(ctx, contactIds))
          .select(trx.raw('1')),
      );
    })
    .orderByRaw('c.active_key is null')
    .orderBy('c.id')
    .limit(limit)
    .pluck('c.id');
}

/** Messages of these conversations that were still to be sent, and are not: their ids. */
export async function dropUnsent(ctx: Context, conversationIds: readonly string[]): Promise<string[]> {
  const { trx, organization, installation } = ctx;
  const query = trx('outbox')
    .where({ organization_id: organization, state: 'queued' })
    .whereIn('conversation_id', [...conversationIds])
    .select('key', 'message_id');
  const rows: { key: number; message_id: string }[] = await installation.storage.dialect.forUpdate(query);
  const keys = rows.map(({ key }) => key);
  if (keys.length > 0) await trx('outbox').whereIn('key', keys).delete();
  return rows.map(({ message_id }) => message_id);
}

export interface FollowUpPlace {
  id: string;
  conversationId: string;
  userId: string;
  dueAt: number;
  open: boolean;
  version: number;
}

/** Empties and ends the follow-ups of these conversations; answers with those that there were. */
export async function endFollowUps(
  { trx, organization, installation }: Context,
  conversationIds: readonly string[],
): Promise<FollowUpPlace[]> {
  const rows: {
    id: string;
    conversation_id: string;
    user_id: string;
    due_at: number;
    open: number;
    version: number;
  }[] = await trx('follow_ups')
    .where('organization_id', organization)
    .whereIn('conversation_id', [...conversationIds])
    .where((or) => {
      or.where('open', 1).orWhereNotNull('text');
    })
    .select('id', 'conversation_id', 'user_id', 'due_at', 'open', 'version');
  const now = installation.clock.now();
  const place = trx('follow_ups').where('organization_id', organization);
  const idsOf = (open: number) => rows.filter((row) => row.open === open).map(({ id }) => id);
  const version = trx.raw('version + 1');
  await place.clone().whereIn('id', idsOf(0)).update({ text: null, version });
  await place.clone().whereIn('id', idsOf(1)).update({ text: null, version, open: 0, remind_at: null, done_at: now });
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    userId: row.user_id,
    dueAt: Number(row.due_at),
    open: row.open === 1,
    version: row.version + 1,
  }));
}
