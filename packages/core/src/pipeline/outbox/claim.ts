import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { OpenChannel } from '../../features/channels/index.js';
import { keysOf } from '../../features/contacts/index.js';
import { findConversations } from '../../features/conversations/index.js';
import { lockMessages, type MessageRecord, updateMessages } from '../../features/messages/index.js';
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
  /** Epoch milliseconds; after it, the send counts as lost. */
  leaseUntil: number;
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
    const claimed: Task[] = [];
    /** Channels that may start no more sends now: what waits for them must not hide what others have to send. */
    const spent = new Set<string>();
    for (let held = -1; held < spent.size && claimed.length < limit; ) {
      held = spent.size;
      const tasks = await prepare(ctx, await dueRows(ctx, now, limit - claimed.length, [...spent]), now);
      const allowed = tasks.filter(({ channel }) => !channel || paced(channel, pacer, spent, now));
      await markSending(ctx, allowed, now);
      claimed.push(...allowed);
    }
    return claimed;
  });
}

function paced(channel: OpenChannel, pacer: Pacer, spent: Set<string>, now: number): boolean {
  if (!spent.has(channel.id) && pacer.take(channel.id, channel.plugin.limits.perSecond, now)) return true;
  spent.add(channel.id);
  return false;
}

async function dueRows(ctx: Context, now: number, limit: number, spent: readonly string[]): Promise<OutboxRow[]> {
  const { trx, organization, installation } = ctx;
  const query = trx('outbox as due')
    .where({ 'due.organization_id': organization, 'due.state': 'queued' })
    .where('due.run_at', '<=', now)
    .whereNotIn('due.channel_id', spent)
    .whereNotExists(
      trx('outbox as earlier')
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

async function prepare(ctx: Context, rows: OutboxRow[], now: number): Promise<Task[]> {
  const leaseUntil = now + ctx.installation.settings.outboxLeaseMs;
  const messages = new Map(
    (
      await lockMessages(
        ctx,
        rows.map((row) => row.message_id),
      )
    ).map((one) => [one.id, one]),
  );
  const conversations = await findConversations(
    ctx,
    rows.map((row) => row.conversation_id),
  );
  const identityOf = new Map(conversations.map((conversation) => [conversation.id, conversation.identityId]));
  const keys = await keysOf(ctx, [...identityOf.values()]);
  const tasks: Task[] = [];
  for (const row of rows) {
    const message = messages.get(row.message_id);
    const identityId = identityOf.get(row.conversation_id);
    if (!message || !identityId) continue;
    const channel = await ctx.installation.channels.byId(row.channel_id);
    tasks.push({
      key: row.key,
      attempts: row.attempts,
      message,
      channel,
      identityId,
      to: keys.get(identityId) ?? [],
      leaseUntil,
    });
  }
  return tasks;
}

async function markSending(ctx: Context, tasks: Task[], now: number): Promise<void> {
  if (tasks.length === 0) return;
  await ctx
    .trx('outbox')
    .whereIn(
      'key',
      tasks.map((task) => task.key),
    )
    .update({ state: 'sending', claimed_by: newId('job', now), lease_until: tasks[0]?.leaseUntil });
  for (const task of tasks) {
    task.message = { ...task.message, state: 'sending', version: task.message.version + 1 };
  }
  await updateMessages(
    ctx,
    tasks.map((task) => task.message),
  );
  const conversations = await findConversations(
    ctx,
    tasks.map((task) => task.message.conversationId),
  );
  const byId = new Map(conversations.map((one) => [one.id, one]));
  for (const { message } of tasks) {
    const conversation = byId.get(message.conversationId);
    if (conversation) ctx.append(messageUpdated(message, conversation, { state: ['queued', 'sending'] }));
  }
}
