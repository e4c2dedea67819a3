import type { Context } from '../../database/context.js';
import type { ConversationRecord } from '../conversations/index.js';
import { readFollowUpAt, saveFollowUpAt } from './repository.js';

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
  const before = await readFollowUpAt(ctx, conversation.id);
  if (before === at) return conversation;
  await saveFollowUpAt(ctx, conversation, at);
  const kept = { ...conversation, version: conversation.version + 1 };
  if ((before === null) === (at === null)) return kept;
  return keepFollowUpTag(ctx, kept, at !== null);
}

/**
 * The seam for the tag: sets or clears the conversation's `Follow-Up` tag (the one whose purpose is `follow_up`), and
 * answers with the conversation as it then is.
 */
async function keepFollowUpTag(
  _ctx: Context,
  conversation: ConversationRecord,
  _set: boolean,
): Promise<ConversationRecord> {
  return conversation;
}
