import type { Static } from 'typebox';
import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { TextContent } from '../../plugin/index.js';
import type { OpenChannel } from '../channels/index.js';
import { lookUpPeople } from '../contacts/index.js';
import {
  type ConversationRecord,
  change,
  demandTransition,
  handTo,
  insertConversations,
  lockActive,
  lockConversation,
  saveReadMark,
  scalarsOf,
} from '../conversations/index.js';
import { dropDraft } from '../drafts/index.js';
import { addJob } from '../jobs/index.js';
import { demand, demandOn, may } from '../roles/index.js';
import { demandSendable, writeOutgoing } from './outgoing.js';
import { presentMessages } from './present.js';
import { countInboundAfter, findMessages, type MessageRecord } from './repository.js';
import type { NewMessage } from './schema.js';

/** Says something to a person: into a conversation, or over a channel to an address. Answers before it is sent. */
export const sendMessage = action('messages.send', async (ctx, input: NewMessage) => {
  const content = { type: 'text', v: 1, text: input.text } as const;
  const message = 'conversationId' in input ? await reply(ctx, input, content) : await write(ctx, input, content);
  if ('conversationId' in input) await dropDraft(ctx, input.conversationId);
  const [shown] = await presentMessages(ctx, [message]);
  return shown ?? fail('internal_error');
});

type Text = Static<typeof TextContent>;
type Reply = Extract<NewMessage, { conversationId: string }>;
type Start = Exclude<NewMessage, Reply>;

async function reply(ctx: Context, input: Reply, content: Text) {
  const before = await lockConversation(ctx, input.conversationId);
  demandOn(ctx.actor, 'conversations:reply', before);
  demandTransition(before, 'reply');
  const channel = await channelOf(ctx, before.channelId);
  await demandSendable(ctx, channel, before, content);
  const quoted = input.replyTo === undefined ? null : await quotedExternalId(ctx, before, input.replyTo);
  const conversation = tookOver(ctx, before);
  return enqueue(ctx, conversation, before, content, quoted);
}

async function write(ctx: Context, input: Start, content: Text) {
  demand(ctx.actor, 'conversations:start');
  const channel = await channelOf(ctx, input.channelId);
  const person = channel.plugin.person(input.to);
  if (!person) fail('recipient_invalid', `${channel.plugin.title} cannot read the address`);
  const people = await lookUpPeople(ctx, channel.id, [person]);
  const identity = people.meet(person);
  ctx.append(...(await people.flush()));
  const [active] = await lockActive(ctx, channel.id, [identity.id]);
  const conversation = active ? continued(ctx, active) : started(ctx, channel, identity);
  if (active) demandContinue(ctx, active);
  else demandStart(ctx, conversation);
  await demandSendable(ctx, channel, conversation, content);
  if (!active) await insertNew(ctx, conversation);
  return enqueue(ctx, conversation, active ?? null, content, null);
}

/** The team decides, and not that a conversation which is only about to be would be the caller's own. */
function demandStart({ actor }: Context, conversation: ConversationRecord): void {
  if (may(actor, 'conversations:start', { ...conversation, assigneeId: null })) return;
  fail('forbidden', 'It needs the permission conversations:start in the team of the channel');
}

/**
 * Whoever may reply goes on with a conversation that stands; whoever may only start one takes up what nobody has. What a
 * colleague has is theirs, also for somebody who knows the address.
 */
function demandContinue({ actor }: Context, active: ConversationRecord): void {
  if (may(actor, 'conversations:reply', active)) return;
  const { assigneeId, lifecycle } = active;
  demandOn(actor, 'conversations:start', { ...active, assigneeId: null });
  if (assigneeId !== null && lifecycle !== 'closed') fail('conversation_taken', undefined, { assigneeId });
}

/** Reads the conversation up to a message, for the whole team and for the one who read. */
export const readConversation = action('conversations.read', async (ctx, input: { id: string; messageId?: string }) => {
  const before = await lockConversation(ctx, input.id);
  demandOn(ctx.actor, 'conversations:reply', before);
  const messageId = input.messageId ?? before.lastMessageId;
  if (messageId === null) return { unreadCount: before.unreadCount };
  const [message] = await findMessages(ctx, [messageId]);
  if (message?.conversationId !== before.id) fail('not_found', `There is no message ${messageId} in the conversation`);
  await saveReadMark(ctx, { conversationId: before.id, userId: ctx.actor.id, messageId });
  const place = { at: message.displayAt, id: message.id };
  const left = await countInboundAfter(ctx, before.id, place, before.unreadCount + 100);
  const unreadCount = Math.min(before.unreadCount, left);
  if (unreadCount === before.unreadCount) return { unreadCount };
  await change(ctx, 'conversation.read', before, { ...before, unreadCount });
  if (message.direction === 'inbound' && message.externalId) {
    await addJob(ctx, 'channel.mark_read', { channelId: message.channelId, externalId: message.externalId });
  }
  return { unreadCount };
});

async function channelOf(ctx: Context, id: string): Promise<OpenChannel> {
  const channel = await ctx.installation.channels.byId(id);
  return channel?.organization === ctx.organization ? channel : fail('not_found', `There is no channel ${id}`);
}

async function quotedExternalId(ctx: Context, conversation: ConversationRecord, id: string): Promise<string> {
  const [quoted] = await findMessages(ctx, [id]);
  if (quoted?.conversationId !== conversation.id) fail('not_found', `There is no message ${id} in the conversation`);
  return quoted.externalId ?? fail('transition_refused', 'The quoted message has not been sent yet');
}

/** Says it: what is written here is sent, whatever happens to this process. */
async function enqueue(
  ctx: Context,
  conversation: ConversationRecord,
  before: ConversationRecord | null,
  content: Text,
  replyTo: string | null,
): Promise<MessageRecord> {
  const { message, after } = await writeOutgoing(ctx, conversation, before, content, replyTo);
  ctx.append({
    type: 'message.created',
    entityId: message.id,
    entityVersion: 1,
    conversationId: after.id,
    conversationVersion: after.version,
    ...(before ? { before: scalarsOf(before) } : {}),
    after: scalarsOf(after),
    changes: { direction: 'outbound', state: 'queued' },
  });
  return message;
}

/** Whoever answers what a bot or nobody had yet, has it from now on. */
function tookOver(ctx: Context, conversation: ConversationRecord): ConversationRecord {
  if (conversation.lifecycle === 'open' && conversation.handler === 'user') return conversation;
  if (conversation.lifecycle === 'pending') return conversation;
  return handTo(conversation, 'user', ctx.actor.id);
}

function continued(ctx: Context, active: ConversationRecord): ConversationRecord {
  return active.lifecycle === 'closed' ? handTo(active, 'user', ctx.actor.id) : tookOver(ctx, active);
}

function started(ctx: Context, channel: OpenChannel, identity: { id: string; contactId: string }): ConversationRecord {
  const now = ctx.installation.clock.now();
  const { actor } = ctx;
  const own = actor.type === 'user' ? actor : undefined;
  return {
    id: newId('conversation', now),
    channelId: channel.id,
    threadKey: identity.id,
    activeKey: identity.id,
    contactId: identity.contactId,
    identityId: identity.id,
    teamId: own?.teams.includes(channel.defaultTeamId)
      ? channel.defaultTeamId
      : (own?.primaryTeamId ?? channel.defaultTeamId),
    assigneeId: own?.id ?? null,
    lifecycle: 'open',
    handler: own ? 'user' : 'team',
    handlerVersion: 1,
    version: 1,
    unreadCount: 0,
    initiatedBy: 'agent',
    lastMessageId: null,
    lastMessageAt: null,
    lastActivityAt: now,
    waitingSince: null,
    closeReason: null,
    closedAt: null,
    createdAt: now,
  };
}

async function insertNew(ctx: Context, conversation: ConversationRecord): Promise<void> {
  await insertConversations(ctx, [conversation]);
  ctx.append({
    type: 'conversation.created',
    entityId: conversation.id,
    entityVersion: 1,
    conversationId: conversation.id,
    conversationVersion: 1,
    before: null,
    after: scalarsOf(conversation),
  });
}
