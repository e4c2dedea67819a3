import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { MessageContent } from '../../plugin/index.js';
import type { OpenChannel } from '../channels/index.js';
import { type ConversationRecord, saveConversation, sendingIn } from '../conversations/index.js';
import { insertMessages, insertOutbox } from './repository.js';
import type { MessageRecord } from './rows.js';

/** Throws what stands in the way of sending this content into the conversation now. */
export async function demandSendable(
  ctx: Context,
  channel: OpenChannel,
  conversation: ConversationRecord,
  content: MessageContent,
): Promise<void> {
  if (!channel.active) fail('channel_inactive');
  const kinds = Object.keys(channel.plugin.send);
  if (!kinds.includes(content.type)) fail('message_type_unsupported', `It can send: ${kinds.join(', ')}`);
  const { text: limit } = channel.plugin.limits;
  if (content.type === 'text' && content.text.length > limit) {
    fail('message_too_long', `It has ${content.text.length} characters, ${channel.plugin.title} allows ${limit}`);
  }
  const { allowed, reason, windowEndsAt, blocked } = await sendingIn(ctx, conversation);
  if (blocked) fail('contact_blocked');
  if (!allowed.includes(content.type)) fail('window_closed', reason ?? undefined, { windowEndsAt });
}

/** The message, its outbox row and the conversation, side by side. */
export async function writeOutgoing(
  ctx: Context,
  conversation: ConversationRecord,
  before: ConversationRecord | null,
  content: MessageContent,
  replyTo: string | null,
): Promise<{ message: MessageRecord; after: ConversationRecord }> {
  const now = ctx.installation.clock.now();
  const { undoSendSeconds } = (await ctx.installation.rules.of(ctx.organization)).settings;
  // A bot does not change its mind.
  const sendAt = ctx.actor.type === 'user' ? now + undoSendSeconds * 1_000 : now;
  const message = newMessage(ctx, conversation, content, replyTo, now, sendAt);
  const after: ConversationRecord = {
    ...conversation,
    version: conversation.version + 1,
    lastMessageId: message.id,
    lastMessageAt: message.displayAt,
    lastActivityAt: Math.max(conversation.lastActivityAt, now),
    waitingSince: null,
  };
  await saveConversation(ctx, before ?? conversation, after);
  await insertMessages(ctx, [message]);
  await insertOutbox(ctx, message, sendAt);
  return { message, after };
}

function newMessage(
  ctx: Context,
  conversation: ConversationRecord,
  content: MessageContent,
  replyTo: string | null,
  now: number,
  sendAt: number,
): MessageRecord {
  return {
    id: newId('message', now),
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: 'outbound',
    origin: 'live',
    identityId: null,
    userId: ctx.actor.type === 'user' ? ctx.actor.id : null,
    content,
    externalId: null,
    replyTo,
    sentAt: now,
    receivedAt: now,
    displayAt: now,
    state: 'queued',
    deliveredAt: null,
    readAt: null,
    error: null,
    extra: sendAt > now ? { sendAt } : null,
    editedAt: null,
    revokedAt: null,
    version: 1,
  };
}
