import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { type ConversationRecord, changeEvent, lockConversation, saveConversation } from '../conversations/index.js';
import { demandOn } from '../roles/index.js';
import { deleteUnsent, findMessages, pageMessages } from './repository.js';

/** Takes one's own message back while it still waits to be sent (the organization's setting `undoSendSeconds`). */
export const withdrawMessage = action('messages.withdraw', async (ctx, { id }: { id: string }) => {
  const [message] = await findMessages(ctx, [id]);
  if (!message) fail('not_found', `There is no message ${id}`);
  const before = await lockConversation(ctx, message.conversationId);
  demandOn(ctx.actor, 'conversations:reply', before);
  if (message.userId !== ctx.actor.id) fail('forbidden', 'Only who wrote a message takes it back');
  // The outbox row decides: whoever claims it for sending was faster.
  if (!(await deleteUnsent(ctx, id))) fail('message_not_withdrawable');
  const after = { ...before, ...(await lastOf(ctx, before)), version: before.version + 1 };
  await saveConversation(ctx, before, after);
  ctx.append({ ...changeEvent('message.withdrawn', before, after), entityId: id, entityVersion: message.version + 1 });
});

/** How far back the first unanswered message is looked for. */
const lookBack = 50;

/** The last message, and since when its customer waits, without the one that was taken back. */
async function lastOf(
  ctx: Context,
  { id }: ConversationRecord,
): Promise<Pick<ConversationRecord, 'lastMessageId' | 'lastMessageAt' | 'waitingSince'>> {
  const newest = await pageMessages(ctx, id, 'desc', undefined, lookBack);
  const answered = newest.findIndex((message) => message.direction === 'outbound');
  const waiting = newest.slice(0, answered === -1 ? newest.length : answered);
  return {
    lastMessageId: newest[0]?.id ?? null,
    lastMessageAt: newest[0]?.displayAt ?? null,
    waitingSince: waiting.at(-1)?.displayAt ?? null,
  };
}
