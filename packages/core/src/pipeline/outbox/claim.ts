import { transaction } from '../../database/transaction.js';
import type { Context } from '../../database/context.js';
import type { OpenChannel } from '../../features/channels/index.js';
import { keysOf } from '../../features/contacts/index.js';
import { findConversations } from '../../features/conversations/index.js';
import { findMessages, type MessageRecord, updateMessages } from '../../features/messages/index.js';
import type { Installation } from '../../installation.js';
import { newId } from '../../kernel/ids.js';
import type { PersonKey } from '../../plugin/index.js';
import { messageUpdated } from '../event-log/message-updated.js';
import type { Pacer } from './pacer.js';

/** One send, with everything it needs: nothing is read between the claim and the provider's answer. */
export interface Task {
  key: number;
  attempts: number;
  message: MessageRecord;
  /** Undefined where the channel's plugin is gone. */
  channel: OpenChannel | undefined;
  identityId: string;
  to: PersonKey[];
}

interface OutboxRow {
  key: number;
  message_id: string;
  conversation_id: string;
  channel_id: string;
  attempts: number;
}

export const outboxActor = { type: 'system', id: 'outbox' } as const;

/** Organizations that have something to send now. */
export async function organizationsDue({ storage, clock }: Installation): Promise<string[]> {
  const rows: { organization_id: string }[] = await storage
    .reader('outbox')
    .where('state', 'queued')
    .where('run_at', '<=', clock.now())
    .distinct('organization_id');
  return rows.map((row) => row.organization_id);
}

/**
 * Claims up to `limit` sends: the first of each conversation, and none of a conversation that has one in flight.
 * `sending` is committed before anybody calls the provider.
 */
export async function claim(
  installation: Installation,
  organization: string,
  limit: number,
  pacer: Pacer,
): Promise<Task[]> {
  return transaction(installation, organization, outboxActor, async (ctx) => {
    const now = installation.clock.now();
    const rows = await dueRows(ctx, now, limit);
    const tasks = await prepare(ctx, rows);
    const allowed = tasks.filter(({ channel }) => !channel || pacer.take(channel.id, channel.plugin.limits.perSecond, now));
    await markSending(ctx, allowed, now);
    return allowed;
  });
}

async function dueRows(ctx: Context, now: number, limit: number): Promise<OutboxRow[]> {
  const { trx, organization, installation } = ctx;
  const query = trx('outbox as due')
    .where({ 'due.organization_id': organization, 'due.state': 'queued' })
    .where('due.run_at', '<=', now)
    .whereNotExists((earlier) =>
      earlier
        .from('outbox as earlier')
        .select(trx.raw('1'))
        .whereRaw('earlier.organization_id = due.organization_id')
        .whereRaw('earlier.conversation_id = due.conversation_id')
        .whereRaw('earlier.key < due.key'),
    )
    .orderBy('due.key')
    .limit(limit)
    .select('due.key', 'due.message_id', 'due.conversation_id', 'due.channel_id', 'due.attempts');
  return installation.storage.dialect.forUpdate(query);
}

async function prepare(ctx: Context, rows: OutboxRow[]): Promise<Task[]> {
  const messages = new Map((await findMessages(ctx, rows.map((row) => row.message_id))).map((one) => [one.id, one]));
  const conversations = await findConversations(ctx, rows.map((row) => row.conversation_id));
  const identityOf = new Map(conversations.map((conversation) => [conversation.id, conversation.identityId]));
  const keys = await keysOf(ctx, [...identityOf.values()]);
  const tasks: Task[] = [];
  for (const row of rows) {
    const message = messages.get(row.message_id);
    const identityId = identityOf.get(row.conversation_id);
    if (!message || !identityId) continue;
    const channel = await ctx.installation.channels.byId(row.channel_id);
    tasks.push({ key: row.key, attempts: row.attempts, message, channel, identityId, to: keys.get(identityId) ?? [] });
  }
  return tasks;
}

async function markSending(ctx: Context, tasks: Task[], now: number): Promise<void> {
  if (tasks.length === 0) return;
  const { trx, installation } = ctx;
  await trx('outbox')
    .whereIn('key', tasks.map((task) => task.key))
    .update({ state: 'sending', claimed_by: newId('job', now), lease_until: now + installation.settings.outboxLeaseMs });
  for (const task of tasks) {
    task.message = { ...task.message, state: 'sending', version: task.message.version + 1 };
  }
  await updateMessages(ctx, tasks.map((task) => task.message));
  const conversations = await findConversations(ctx, tasks.map((task) => task.message.conversationId));
  const byId = new Map(conversations.map((one) => [one.id, one]));
  for (const { message } of tasks) {
    const conversation = byId.get(message.conversationId);
    if (conversation) ctx.append(messageUpdated(message, conversation, { state: ['queued', 'sending'] }));
  }
}
