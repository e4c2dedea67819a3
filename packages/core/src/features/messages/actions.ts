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
  demandTransition,
  findReadMark,
  handTo,
  insertConversations,
  lockActive,
  lockConversation,
  newborn,
  scalarsOf,
  sendingIn,
} from '../conversations/index.js';
import { dropDraft } from '../drafts/index.js';
import { demand, demandOn, may } from '../roles/index.js';
import { demandSendable, writeOutgoing } from './outgoing.js';
import { presentMessages } from './present.js';
import { findMessages, pageMessages } from './repository.js';
import type { MessageRecord } from './rows.js';
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
  // A refusal that says what to do about it: what went on with them is closed.
  if (before.lifecycle === 'closed' && (await sendingIn(ctx, before)).blocked) fail('contact_blocked');
  demandTransition(before, 'reply');
  if (input.force !== true) await demandUnanswered(ctx, before, input.seen);
  const channel = await channelOf(ctx, before.channelId);
  await demandSendable(ctx, channel, before, content);
  const quoted = input.replyTo === undefined ? null : await quotedExternalId(ctx, before, input.replyTo);
  const conversation = tookOver(ctx, before);
  return enqueue(ctx, conversation, before, content, quoted);
}

/** The most messages that a refusal brings along. */
const newerShown = 50;

/**
 * Nobody answers what somebody else has answered meanwhile without knowing: what counts is the message that the caller
 * says they saw, or else their read mark. Who never read, such as a bot that follows the log, is not asked.
 */
async function demandUnanswered(ctx: Context, conversation: ConversationRecord, seen?: string): Promise<void> {
  const mark = () => findReadMark(ctx, conversation.id, ctx.actor.id);
  const place = (await placeOf(ctx, conversation, seen)) ?? (await mark());
  if (!place || conversation.lastMessageId === place.id) return;
  const newer = await pageMessages(ctx, conversation.id, 'asc', place, newerShown);
  if (!newer.some(({ direction, userId }) => direction === 'outbound' && userId !== ctx.actor.id)) return;
  fail('conversation_answered', undefined, { messages: await presentMessages(ctx, newer) });
}

/** Undefined for a message that is not, or no longer, in the conversation: it may have been taken back. */
async function placeOf(ctx: Context, conversation: ConversationRecord, messageId: string | undefined) {
  if (messageId === undefined) return undefined;
  const [message] = await findMessages(ctx, [messageId]);
  if (message?.conversationId !== conversation.id) return undefined;
  return { at: message.displayAt, id: message.id };
}

async function write(ctx: Context, input: Start, content: Text) {
  demand(ctx.actor, 'conversations:start');
  const channel = await channelOf(ctx, input.channelId);
  const person = channel.plugin.person(input.to);
  if (!person) fail('recipient_invalid', `${channel.plugin.title} cannot read the address`);
  const people = await lookUpPeople(ctx, channel.id, [person]);
  const identity = people.meet(person);
  ctx.append(...(await people.flush()));
  const [live] = await lockActive(ctx, channel.id, [identity.id]);
  const active = live?.conversation;
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
    initiatedBy: 'agent',
    lastActivityAt: now,
    closeReason: null,
    closedAt: null,
    createdAt: now,
    ...newborn,
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
