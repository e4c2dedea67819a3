import type { Context } from '../../database/context.js';
import { type ConversationRecord, updateConversations } from '../conversations/index.js';
import { keepTagFor } from '../tags/index.js';
import { earliestDue } from './repository.js';

/** After follow-ups came or went: the same, with what the earliest of them is now. */
export async function keepFollowUps(ctx: Context, conversation: ConversationRecord): Promise<ConversationRecord> {
  return keepFollowUp(ctx, conversation, await earliestDue(ctx, conversation.id));
}

/**
 * Keeps what the conversation shows of its follow-ups in step with them: the time of the earliest open one, and the tag
 * that goes with it. The caller has locked the conversation, and goes on with the one that this answers.
 *
 * @param at when the earliest open follow-up is due, epoch milliseconds; null where none is open
 */
export async function keepFollowUp(
  ctx: Context,
  conversation: ConversationRecord,
  at: number | null,
): Promise<ConversationRecord> {
  if (conversation.followUpAt === at) return conversation;
  const kept = { ...conversation, followUpAt: at, version: conversation.version + 1 };
  await updateConversations(ctx, [{ before: conversation, after: kept }]);
  if ((conversation.followUpAt === null) === (at === null)) return kept;
  return keepTagFor(ctx, 'follow_up', kept, at !== null);
}
