import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import type { EventType } from '../../pipeline/event-log/event.js';
import { demandOn } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { findUser } from '../users/index.js';
import { presentConversations } from './present.js';
import { lockActive, lockConversation, saveConversation } from './repository.js';
import type { Conversation } from './schema.js';
import { type ConversationRecord, scalarsOf } from './state.js';
import { closed, demandTransition, handTo } from './transitions.js';

/** The caller takes a conversation that waits. Of many at once, one wins. */
export const takeConversation = action('conversations.take', async (ctx, { id }: { id: string }) => {
  const before = await lockConversation(ctx, id);
  demandOn(ctx.actor, 'conversations:take', before);
  if (before.assigneeId === ctx.actor.id && before.lifecycle === 'open') return show(ctx, before);
  demandTransition(before, 'take');
  return change(ctx, 'conversation.assigned', before, handTo(before, 'user', ctx.actor.id));
});

export interface AssignInput {
  id: string;
  assigneeId?: string | null;
  teamId?: string;
}

/** Gives the conversation to a user, back to its queue, or to another team's queue. */
export const assignConversation = action('conversations.assign', async (ctx, input: AssignInput) => {
  const before = await lockConversation(ctx, input.id);
  demandOn(ctx.actor, 'conversations:assign', before);
  demandTransition(before, 'assign');
  const teamId = input.teamId ?? before.teamId;
  if (input.teamId && !(await teamExists(ctx, input.teamId))) fail('not_found', `There is no team ${input.teamId}`);
  const assignee = input.assigneeId ? await findUser(ctx, input.assigneeId) : undefined;
  if (input.assigneeId && assignee?.status !== 'active')
    fail('not_found', `There is no active user ${input.assigneeId}`);
  const after = handTo({ ...before, teamId }, assignee ? 'user' : 'team', assignee?.id ?? null);
  return change(ctx, 'conversation.assigned', before, after);
});

export const closeConversation = action('conversations.close', async (ctx, input: { id: string; reason: string }) => {
  const before = await lockConversation(ctx, input.id);
  demandOn(ctx.actor, 'conversations:close', before);
  demandTransition(before, 'close');
  return change(ctx, 'conversation.closed', before, closed(before, input.reason, ctx.installation.clock.now()));
});

/** Opens a closed conversation again: for its last assignee if there was one, else in its queue. */
export const reopenConversation = action('conversations.reopen', async (ctx, { id }: { id: string }) => {
  const before = await lockConversation(ctx, id);
  demandOn(ctx.actor, 'conversations:reopen', before);
  demandTransition(before, 'reopen');
  const activeKey = before.activeKey ?? (await freeKey(ctx, before));
  const after = handTo({ ...before, activeKey }, before.assigneeId ? 'user' : 'team', before.assigneeId);
  return change(ctx, 'conversation.reopened', before, after);
});

/** Writes the change with its event; the version rises with it. */
export async function change(
  ctx: Context,
  type: EventType,
  before: ConversationRecord,
  changed: ConversationRecord,
): Promise<Conversation> {
  const now = ctx.installation.clock.now();
  const after = { ...changed, version: before.version + 1, lastActivityAt: Math.max(before.lastActivityAt, now) };
  await saveConversation(ctx, before, after);
  ctx.append({
    type,
    entityId: after.id,
    entityVersion: after.version,
    conversationId: after.id,
    conversationVersion: after.version,
    before: scalarsOf(before),
    after: scalarsOf(after),
  });
  return show(ctx, after);
}

async function show(ctx: Context, record: ConversationRecord): Promise<Conversation> {
  const [conversation] = await presentConversations(ctx, [record]);
  return conversation ?? fail('internal_error');
}

/** The thread key if no newer conversation continues the thread; one thread has one live conversation. */
async function freeKey(ctx: Context, record: ConversationRecord): Promise<string> {
  const [newer] = await lockActive(ctx, record.channelId, [record.threadKey]);
  if (!newer) return record.threadKey;
  fail('transition_refused', 'A newer conversation continues this thread', { conversationId: newer.id });
}
