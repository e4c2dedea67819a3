import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import type { EventType } from '../../pipeline/event-log/event.js';
import { type CloseReasons, readCloseReasons } from '../close-reasons/index.js';
import { demandOn, type Permission } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { findUser } from '../users/index.js';
import { lockActive } from './repository.js';
import type { ConversationRecord } from './state.js';
import { closed, demandTransition, handTo, type Transition } from './transitions.js';

/**
 * Something that can be done to a conversation, or to many at once: what it needs is read once for all of them, then
 * each is decided by itself.
 */
export interface Act<Input, Given = undefined> {
  permission: Permission;
  transition: Transition;
  event: EventType;
  /** Reads what the decision needs, for all conversations together. */
  prepare(ctx: Context, input: Input, conversations: readonly ConversationRecord[]): Promise<Given>;
  /** The conversation after the act; the same one where there is nothing to do. */
  apply(ctx: Context, before: ConversationRecord, input: Input, given: Given): ConversationRecord;
}

/** Checks who may and whether it can be, then acts; throws what stands in the way. */
export function decide<Input, Given>(
  ctx: Context,
  act: Act<Input, Given>,
  before: ConversationRecord,
  input: Input,
  given: Given,
): ConversationRecord {
  demandOn(ctx.actor, act.permission, before);
  if (act === take && isOwn(ctx, before)) return before;
  demandTransition(before, act.transition);
  return act.apply(ctx, before, input, given);
}

const nothing = async () => undefined;

/** The caller takes a conversation that waits. Of many at once, one wins. */
export const take: Act<object> = {
  permission: 'conversations:take',
  transition: 'take',
  event: 'conversation.assigned',
  prepare: nothing,
  apply: (ctx, before) => handTo(before, 'user', ctx.actor.id),
};

function isOwn({ actor }: Context, { assigneeId, lifecycle }: ConversationRecord): boolean {
  return assigneeId === actor.id && lifecycle === 'open';
}

export interface AssignInput {
  assigneeId?: string | null;
  teamId?: string;
}

/** To a user, back to the queue, or to another team's queue. */
export const assign: Act<AssignInput> = {
  permission: 'conversations:assign',
  transition: 'assign',
  event: 'conversation.assigned',
  async prepare(ctx, { teamId, assigneeId }) {
    if (teamId && !(await teamExists(ctx, teamId))) fail('not_found', `There is no team ${teamId}`);
    if (!assigneeId) return;
    const assignee = await findUser(ctx, assigneeId);
    if (assignee?.status !== 'active') fail('not_found', `There is no active user ${assigneeId}`);
  },
  apply: (_ctx, before, { teamId = before.teamId, assigneeId }) =>
    handTo({ ...before, teamId }, assigneeId ? 'user' : 'team', assigneeId ?? null),
};

/** Waits for the customer's answer, or for a follow-up; whoever has it keeps it. */
export const pend: Act<object> = {
  permission: 'conversations:close',
  transition: 'pend',
  event: 'conversation.pending',
  prepare: nothing,
  apply: (_ctx, before) => ({
    ...before,
    lifecycle: 'pending',
    handlerVersion: before.handlerVersion + 1,
    waitingSince: null,
  }),
};

export interface CloseInput {
  reason: string;
}

export const close: Act<CloseInput, CloseReasons> = {
  permission: 'conversations:close',
  transition: 'close',
  event: 'conversation.closed',
  prepare: (ctx) => readCloseReasons(ctx),
  apply: (ctx, before, { reason }, reasons) =>
    closed(before, reasons.demand(reason, before.teamId), ctx.installation.clock.now()),
};

/** For its last assignee if there was one, else in its queue. */
export const reopen: Act<object, ReadonlyMap<string, string>> = {
  permission: 'conversations:reopen',
  transition: 'reopen',
  event: 'conversation.reopened',
  prepare: liveThreads,
  apply(_ctx, before, _input, live) {
    const newer = before.activeKey === null ? live.get(`${before.channelId} ${before.threadKey}`) : undefined;
    // One thread has one live conversation.
    if (newer) fail('transition_refused', 'A newer conversation continues this thread', { conversationId: newer });
    const activeKey = before.activeKey ?? before.threadKey;
    return handTo({ ...before, activeKey }, before.assigneeId ? 'user' : 'team', before.assigneeId);
  },
};

/** Which conversation continues each of the threads that have ended. */
async function liveThreads(
  ctx: Context,
  _input: object,
  conversations: readonly ConversationRecord[],
): Promise<Map<string, string>> {
  const byChannel = new Map<string, string[]>();
  for (const { channelId, threadKey, activeKey } of conversations) {
    if (activeKey === null) byChannel.set(channelId, [...(byChannel.get(channelId) ?? []), threadKey]);
  }
  const live = new Map<string, string>();
  for (const [channelId, keys] of byChannel) {
    for (const { key, conversation } of await lockActive(ctx, channelId, keys)) {
      live.set(`${channelId} ${key}`, conversation.id);
    }
  }
  return live;
}
