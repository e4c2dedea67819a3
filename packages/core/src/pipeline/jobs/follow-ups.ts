import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import {
  type ConversationRecord,
  handTo,
  lockConversations,
  scalarsOf,
  updateConversations,
} from '../../features/conversations/index.js';
import {
  conversationsToRemind,
  type FollowUpRecord,
  listToRemind,
  lockToRemind,
  setReminded,
} from '../../features/follow-ups/index.js';
import type { Installation } from '../../installation.js';

const batchSize = 250;

/**
 * Reminds of what is due and wakes conversations that waited for it. What fell due while nothing ran is done by the first
 * run; a server that comes second finds nothing left.
 */
export async function remindOfDue(installation: Installation): Promise<void> {
  const { storage, clock, log } = installation;
  for (let more = true; more; ) {
    const now = clock.now();
    const found = await listToRemind(storage.reader, now, batchSize);
    const organizations = [...new Set(found.map(({ organization }) => organization))];
    let reminded = 0;
    for (const organization of organizations) {
      const ids = found.filter((one) => one.organization === organization).map(({ id }) => id);
      try {
        const work = (ctx: Context) => remind(ctx, ids, now);
        reminded += await transaction(installation, organization, { type: 'system', id: 'follow_ups' }, work);
      } catch (error) {
        // The other organizations' follow-ups are due all the same; these are tried again with the next run.
        log.error({ organization, error: String(error) }, 'follow-ups not reminded of');
      }
    }
    more = found.length === batchSize && reminded > 0;
  }
}

/** One organization's share of a batch: the same few statements however many there are. */
async function remind(ctx: Context, ids: readonly string[], now: number): Promise<number> {
  // Conversations before follow-ups, as everybody locks them: in the other order two would wait for each other.
  const locked = await lockConversations(ctx, await conversationsToRemind(ctx, ids));
  const due = await lockToRemind(ctx, ids, now);
  if (due.length === 0) return 0;
  const conversations = new Map(locked.map((one) => [one.id, one]));
  const woken = wake(ctx, conversations, due, now);
  ctx.write(
    setReminded(
      ctx,
      due.map(({ id }) => id),
    ),
    updateConversations(ctx, woken),
  );
  for (const one of due) {
    const conversation = conversations.get(one.conversationId);
    if (!conversation) continue;
    ctx.append({
      type: 'follow_up.due',
      entityId: one.id,
      entityVersion: one.version,
      conversationId: conversation.id,
      conversationVersion: conversation.version,
      after: scalarsOf(conversation),
      changes: { userId: one.userId, dueAt: one.dueAt },
    });
  }
  return due.length;
}

/** A conversation that waited is open again: whoever had it has it, else its team's queue. */
function wake(
  ctx: Context,
  conversations: Map<string, ConversationRecord>,
  due: readonly FollowUpRecord[],
  now: number,
): { before: ConversationRecord; after: ConversationRecord }[] {
  return [...new Set(due.map(({ conversationId }) => conversationId))].flatMap((id) => {
    const before = conversations.get(id);
    if (before?.lifecycle !== 'pending') return [];
    const opened = handTo(before, before.assigneeId ? 'user' : 'team', before.assigneeId);
    const after = { ...opened, version: before.version + 1, lastActivityAt: Math.max(before.lastActivityAt, now) };
    conversations.set(id, after);
    ctx.append({
      type: 'conversation.woken',
      entityId: id,
      entityVersion: after.version,
      conversationId: id,
      conversationVersion: after.version,
      before: scalarsOf(before),
      after: scalarsOf(after),
    });
    return [{ before, after }];
  });
}
