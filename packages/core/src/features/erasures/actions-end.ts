import type { Context } from '../../database/context.js';
import {
  type ConversationRecord,
  changeEvent,
  closed,
  lockConversations,
  scalarsOf,
  severThreads,
  updateConversations,
} from '../conversations/index.js';
import { keepFollowUp } from '../follow-ups/index.js';
import { lockMessages, updateMessages } from '../messages/index.js';
import { emptyDraft, writeDrafts } from '../search/index.js';
import type { Count } from './counting.js';
import { conversationsToEnd, dropUnsent, endFollowUps } from './repository-conversations.js';
import { emptyContacts } from './repository-person.js';

/** Of one transaction: each has follow-ups and, maybe, messages that wait to be sent. */
const atOnce = 10;

/** What a conversation says that was not closed when its contact was erased. */
const closeReason = 'erased';

/** Takes away who they are. Twice is as good as once. */
export async function forgetPerson(ctx: Context, contactIds: readonly string[], count: Count): Promise<void> {
  const went = await emptyContacts(ctx, contactIds, ctx.installation.clock.now());
  for (const thing of ['contacts', 'identities', 'keys', 'contactTags'] as const) count(thing, went[thing]);
  const documents = contactIds.map((id) => emptyDraft('contact', id));
  count('searchDocuments', await writeDrafts(ctx, documents));
}

/** Ends some of the conversations for good, those that go on first; answers whether there may be more. */
export async function endConversations(ctx: Context, contactIds: readonly string[], count: Count): Promise<boolean> {
  const ids = await conversationsToEnd(ctx, contactIds, atOnce);
  if (ids.length === 0) return false;
  const found = await lockConversations(ctx, ids);
  const now = ctx.installation.clock.now();
  for (const before of found) {
    const kept = await keepFollowUp(ctx, before, null);
    const ended = before.lifecycle === 'closed' ? kept : closed(kept, closeReason, now);
    const after = { ...ended, version: kept.version + 1, unreadCount: 0, waitingSince: null };
    await updateConversations(ctx, [{ before: kept, after }]);
    ctx.append(
      changeEvent(before.lifecycle === 'closed' ? 'conversation.updated' : 'conversation.closed', kept, after),
    );
    await endOpen(ctx, after, count);
  }
  await severThreads(ctx, ids);
  count('conversations', found.length);
  await takeBack(ctx, ids, count);
  return true;
}

async function endOpen(ctx: Context, conversation: ConversationRecord, count: Count): Promise<void> {
  const followUps = await endFollowUps(ctx, [conversation.id]);
  count('followUps', followUps.length);
  for (const one of followUps) {
    ctx.append({
      type: one.open ? 'follow_up.done' : 'follow_up.updated',
      entityId: one.id,
      entityVersion: one.version,
      conversationId: conversation.id,
      conversationVersion: conversation.version,
      after: scalarsOf(conversation),
      changes: { userId: one.userId, dueAt: one.dueAt },
    });
  }
}

/** What was still to be sent is not; the messages' events come when they are emptied. */
async function takeBack(ctx: Context, conversationIds: readonly string[], count: Count): Promise<void> {
  const unsent = await lockMessages(ctx, await dropUnsent(ctx, conversationIds));
  const error = { kind: 'rejected', code: 'contact_erased', text: 'The contact was erased' } as const;
  await updateMessages(
    ctx,
    unsent.map((message) => ({ ...message, state: 'failed', error, version: message.version + 1 })),
  );
  count('unsent', unsent.length);
}
