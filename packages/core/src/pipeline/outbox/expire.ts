import { transaction } from '../../database/transaction.js';
import { findConversations } from '../../features/conversations/index.js';
import { lockMessages, updateMessages } from '../../features/messages/index.js';
import type { Installation } from '../../installation.js';
import { messageUpdated } from '../event-log/message-updated.js';
import { outboxActor } from './claim.js';

const chunk = 100;

/**
 * Sends whose lease ran out: whoever had them is gone, and the provider may or may not have taken them. They become
 * `unknown`, are shown so, and are never resent in silence; a status that names them puts them right.
 *
 * One window stays open on every system: a process that was stopped between its last check and the call, and wakes
 * after its lease ran out, still calls.
 */
export async function expireLeases(installation: Installation): Promise<void> {
  const now = installation.clock.now();
  const rows: { organization_id: string }[] = await installation.storage
    .reader('outbox')
    .where('state', 'sending')
    .where('lease_until', '<', now)
    .distinct('organization_id');
  for (const { organization_id } of rows) await expireIn(installation, organization_id, now);
}

async function expireIn(installation: Installation, organization: string, now: number): Promise<void> {
  await transaction(installation, organization, outboxActor, async (ctx) => {
    const query = ctx
      .trx('outbox')
      .where({ organization_id: organization, state: 'sending' })
      .where('lease_until', '<', now)
      .limit(chunk)
      .select('key', 'message_id');
    const rows: { key: number; message_id: string }[] = await installation.storage.dialect.forUpdate(query);
    await ctx
      .trx('outbox')
      .whereIn(
        'key',
        rows.map((row) => row.key),
      )
      .delete();
    const messages = await lockMessages(
      ctx,
      rows.map((row) => row.message_id),
    );
    const lost = messages
      .filter((message) => message.state === 'sending')
      .map((message) => ({ ...message, state: 'unknown' as const, version: message.version + 1 }));
    await updateMessages(ctx, lost);
    const conversations = await findConversations(
      ctx,
      lost.map((message) => message.conversationId),
    );
    const byId = new Map(conversations.map((one) => [one.id, one]));
    for (const message of lost) {
      const conversation = byId.get(message.conversationId);
      if (conversation) ctx.append(messageUpdated(message, conversation, { state: ['sending', 'unknown'] }));
    }
  });
}
