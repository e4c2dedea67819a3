import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { EventType } from '../../pipeline/event-log/event.js';
import {
  type ConversationRecord,
  changeEvent,
  decide,
  demandNotErased,
  lockConversation,
  pend,
  saveConversation,
  scalarsOf,
} from '../conversations/index.js';
import { demand, demandOn, sight } from '../roles/index.js';
import { findUserActors } from '../users/index.js';
import { keepFollowUp } from './keep.js';
import { instantOf } from './local-time.js';
import { present } from './present.js';
import {
  countOpen,
  earliestDue,
  type FollowUpRecord,
  findFollowUp,
  insertFollowUp,
  saveFollowUp,
  timeZoneOf,
} from './repository.js';
import type { FollowUp, FollowUpPatch, NewFollowUp } from './schema.js';

/** The most that may be open for one conversation. */
const mostOpen = 50;

/** Lets a conversation come back at a time, for the caller or for a colleague who sees it. */
export const createFollowUp = action(
  'followUps.create',
  async (ctx, { id, ...input }: NewFollowUp & { id: string }) => {
    const locked = await lockConversation(ctx, id);
    demandOn(ctx.actor, 'conversations:follow_up', locked);
    demandNotErased(locked);
    const conversation = input.pending === true ? await waiting(ctx, locked) : locked;
    const { userId = ctx.actor.id } = input;
    if (userId !== ctx.actor.id) await demandSees(ctx, userId, conversation);
    if ((await countOpen(ctx, id)) >= mostOpen) fail('limit_reached', `At most ${mostOpen} of a conversation are open`);
    const now = ctx.installation.clock.now();
    const dueAt = await instant(ctx, input.dueAt);
    const one: FollowUpRecord = {
      id: newId('followUp', now),
      conversationId: id,
      userId,
      dueAt,
      text: input.text ?? null,
      createdBy: ctx.actor.id,
      remindAt: dueAt,
      doneAt: null,
      version: 1,
      createdAt: now,
    };
    await insertFollowUp(ctx, one);
    return tell(ctx, 'follow_up.created', one, conversation);
  },
);

/** The conversation, waiting: its follow-up wakes it, or its customer does. */
async function waiting(ctx: Context, before: ConversationRecord): Promise<ConversationRecord> {
  if (before.lifecycle === 'pending') return before;
  const after = { ...decide(ctx, pend, before, {}, undefined), version: before.version + 1 };
  await saveConversation(ctx, before, after);
  ctx.append(changeEvent('conversation.pending', before, after));
  return after;
}

/** Moves it, snoozes it, gives it to somebody else, says what it is about, or ends it. */
export const updateFollowUp = action(
  'followUps.update',
  async (ctx, { id, ...patch }: FollowUpPatch & { id: string }) => {
    demand(ctx.actor, 'conversations:follow_up');
    const found = (await findFollowUp(ctx, id)) ?? fail('not_found', `There is no follow-up ${id}`);
    const conversation = await lockConversation(ctx, found.conversationId);
    // Who is reminded may always say that it is done, also when the conversation has gone to somebody else.
    if (found.userId !== ctx.actor.id) demandOn(ctx.actor, 'conversations:follow_up', conversation);
    // Read once more: the lock on the conversation is what orders those who change its follow-ups.
    const before = (await findFollowUp(ctx, id)) ?? fail('not_found', `There is no follow-up ${id}`);
    const after = await patched(ctx, before, patch, conversation);
    if (JSON.stringify(after) === JSON.stringify(before)) return present(before, ctx.installation.clock.now());
    const saved = { ...after, version: before.version + 1 };
    if (!(await saveFollowUp(ctx, before, saved))) fail('conflict');
    const ended = after.doneAt !== null && before.doneAt === null;
    return tell(ctx, ended ? 'follow_up.done' : 'follow_up.updated', saved, conversation);
  },
);

async function patched(
  ctx: Context,
  before: FollowUpRecord,
  { dueAt, snoozeMinutes, userId, text, done }: FollowUpPatch,
  conversation: ConversationRecord,
): Promise<FollowUpRecord> {
  if (dueAt !== undefined && snoozeMinutes !== undefined)
    refuse('snoozeMinutes', 'cannot be given together with `dueAt`');
  const now = ctx.installation.clock.now();
  const after = { ...before };
  if (userId !== undefined && userId !== before.userId) {
    await demandSees(ctx, userId, conversation);
    after.userId = userId;
  }
  if (text !== undefined) after.text = text;
  if (dueAt !== undefined) after.dueAt = await instant(ctx, dueAt);
  if (snoozeMinutes !== undefined) after.dueAt = now + snoozeMinutes * 60_000;
  if (done !== undefined) after.doneAt = done ? (before.doneAt ?? now) : null;
  const moved = after.dueAt !== before.dueAt || after.userId !== before.userId;
  if (after.doneAt !== null) after.remindAt = null;
  else if (moved) after.remindAt = after.dueAt;
  // Opened again: it reminds where its time has yet to come.
  else if (before.doneAt !== null) after.remindAt = after.dueAt > now ? after.dueAt : null;
  return after;
}

/** Brings the conversation in step and tells of both in one event, whose version is what the conversation now has. */
async function tell(ctx: Context, type: EventType, one: FollowUpRecord, locked: ConversationRecord): Promise<FollowUp> {
  const conversation = await keepFollowUp(ctx, locked, await earliestDue(ctx, locked.id));
  ctx.append({
    type,
    entityId: one.id,
    entityVersion: one.version,
    conversationId: conversation.id,
    conversationVersion: conversation.version,
    after: scalarsOf(conversation),
    changes: { userId: one.userId, dueAt: one.dueAt },
  });
  return present(one, ctx.installation.clock.now());
}

async function instant(ctx: Context, text: string): Promise<number> {
  const zone = await timeZoneOf(ctx, ctx.actor.id);
  return (
    instantOf(text, zone) ?? refuse('dueAt', 'is no time; write it like 2026-11-23T09:00 or 2026-11-23T09:00+08:00')
  );
}

function refuse(field: string, message: string): never {
  fail('validation_failed', undefined, { errors: [{ path: `/body/${field}`, message }] });
}

async function demandSees(ctx: Context, userId: string, conversation: ConversationRecord): Promise<void> {
  const user = (await findUserActors(ctx, [userId])).get(userId);
  if (user?.status !== 'active') fail('not_found', `There is no active user ${userId}`);
  if (sight(user.actor, conversation) !== 'whole') fail('user_out_of_sight', `${userId} cannot see the conversation`);
}
