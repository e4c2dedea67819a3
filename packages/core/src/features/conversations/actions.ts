import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import type { EventType, NewEvent } from '../../pipeline/event-log/event.js';
import { type Act, type AssignInput, assign, type CloseInput, close, decide, pend, reopen, take } from './acts.js';
import { presentConversations } from './present.js';
import { lockConversation, saveConversation } from './repository.js';
import type { Conversation } from './schema.js';
import { type ConversationRecord, scalarsOf } from './state.js';

export const takeConversation = action('conversations.take', (ctx, input: { id: string }) => perform(ctx, take, input));

export const assignConversation = action('conversations.assign', (ctx, input: AssignInput & { id: string }) =>
  perform(ctx, assign, input),
);

export const pendConversation = action('conversations.pend', (ctx, input: { id: string }) => perform(ctx, pend, input));

export const closeConversation = action('conversations.close', (ctx, input: CloseInput & { id: string }) =>
  perform(ctx, close, input),
);

export const reopenConversation = action('conversations.reopen', (ctx, input: { id: string }) =>
  perform(ctx, reopen, input),
);

/** Does one thing to one conversation, inside the caller's transaction. */
export async function perform<Input, Given>(
  ctx: Context,
  act: Act<Input, Given>,
  input: Input & { id: string },
): Promise<Conversation> {
  const before = await lockConversation(ctx, input.id);
  const given = await act.prepare(ctx, input, [before]);
  const after = decide(ctx, act, before, input, given);
  return after === before ? show(ctx, before) : change(ctx, act.event, before, after);
}

/** Writes the change with its event; the version rises with it. */
export async function change(
  ctx: Context,
  type: EventType,
  before: ConversationRecord,
  changed: ConversationRecord,
): Promise<Conversation> {
  const after = { ...changed, version: before.version + 1 };
  await saveConversation(ctx, before, after);
  ctx.append(changeEvent(type, before, after));
  return show(ctx, after);
}

/** The event of a conversation that changed; the versions differ by one. */
export function changeEvent(
  type: EventType,
  before: ConversationRecord,
  after: ConversationRecord,
  changes?: NewEvent['changes'],
): NewEvent {
  return {
    type,
    entityId: after.id,
    entityVersion: after.version,
    conversationId: after.id,
    conversationVersion: after.version,
    before: scalarsOf(before),
    after: scalarsOf(after),
    ...(changes ? { changes } : {}),
  };
}

async function show(ctx: Context, record: ConversationRecord): Promise<Conversation> {
  const [conversation] = await presentConversations(ctx, [record]);
  return conversation ?? fail('internal_error');
}
