import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import {
  type ConversationRecord,
  changeEvent,
  handTo,
  lockAssigned,
  updateConversations,
} from '../../features/conversations/index.js';
import type { JobPayloads } from '../../features/jobs/index.js';
import { findUser } from '../../features/users/index.js';
import type { Installation } from '../../installation.js';

const chunk = 500;

/**
 * What somebody had goes back to the queues when they are deactivated: a customer does not wait for who will not come.
 * Whoever is active again meanwhile keeps what is left.
 */
export async function releaseConversations(
  installation: Installation,
  { organization, userId }: JobPayloads['user.release'],
  signal: AbortSignal,
): Promise<void> {
  for (let more = true; more; ) {
    signal.throwIfAborted();
    more = await transaction(installation, organization, { type: 'system', id: 'users' }, async (ctx) => {
      if ((await findUser(ctx, userId))?.status !== 'deactivated') return false;
      return (await releaseSome(ctx, userId)) === chunk;
    });
  }
}

async function releaseSome(ctx: Context, userId: string): Promise<number> {
  const held = await lockAssigned(ctx, userId, chunk);
  const changes = held.map((before) => ({ before, after: released(before) }));
  await updateConversations(ctx, changes);
  for (const { before, after } of changes) ctx.append(changeEvent('conversation.assigned', before, after));
  return held.length;
}

/** What waits for the customer goes on waiting, and is nobody's. */
function released(before: ConversationRecord): ConversationRecord {
  const { lifecycle, closeReason, closedAt } = before;
  return { ...handTo(before, 'team', null), lifecycle, closeReason, closedAt, version: before.version + 1 };
}
