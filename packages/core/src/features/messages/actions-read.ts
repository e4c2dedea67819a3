import { action } from '../../database/action.js';
import { fail } from '../../kernel/errors.js';
import { changeEvent, findReadMark, lockConversation, saveConversation, saveReadMark } from '../conversations/index.js';
import { addJob } from '../jobs/index.js';
import { demandOn } from '../roles/index.js';
import { countInboundAfter, findMessages } from './repository.js';

/** How far behind the last message a mark is counted exactly. */
const mostCounted = 1_000;

/**
 * Reads the conversation up to a message, for the whole team and for the one who read. A mark only goes forward. Other
 * devices of the reader are told, also where the team has read it long ago.
 */
export const readConversation = action('conversations.read', async (ctx, input: { id: string; messageId?: string }) => {
  const before = await lockConversation(ctx, input.id);
  demandOn(ctx.actor, 'conversations:reply', before);
  const messageId = input.messageId ?? before.lastMessageId;
  if (messageId === null) return { unreadCount: before.unreadCount, myUnreadCount: 0 };
  const [message] = await findMessages(ctx, [messageId]);
  if (message?.conversationId !== before.id) fail('not_found', `There is no message ${messageId} in the conversation`);
  const place = { at: message.displayAt, id: message.id };
  const mark = await findReadMark(ctx, before.id, ctx.actor.id);
  const left = await countInboundAfter(ctx, before.id, place, mostCounted);
  const forward = !mark || mark.at < place.at || (mark.at === place.at && mark.id < place.id);
  const unreadCount = Math.min(before.unreadCount, left);
  const answer = { unreadCount, myUnreadCount: left };
  if (!forward && unreadCount === before.unreadCount) return answer;
  if (forward) {
    const inboundCount = before.inboundCount - left;
    await saveReadMark(ctx, {
      conversationId: before.id,
      userId: ctx.actor.id,
      messageId,
      displayAt: place.at,
      inboundCount,
    });
  }
  const after = { ...before, unreadCount, version: before.version + 1 };
  await saveConversation(ctx, before, after);
  ctx.append(changeEvent('conversation.read', before, after, { messageId }));
  if (unreadCount < before.unreadCount && message.direction === 'inbound' && message.externalId) {
    await addJob(ctx, 'channel.mark_read', { channelId: message.channelId, externalId: message.externalId });
  }
  return answer;
});
