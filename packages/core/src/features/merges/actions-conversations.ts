import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import {
  type Conversation,
  type ConversationRecord,
  changeEvent,
  demandNotErased,
  lockActive,
  lockConversations,
  presentConversations,
  updateConversations,
} from '../conversations/index.js';
import { keepFollowUps } from '../follow-ups/index.js';
import { demandOn } from '../roles/index.js';
import { moveOn } from './actions-moving.js';
import { insertMerge, type MergeRecord } from './repository.js';
import { giveOver, raiseReadMarks } from './repository-moving.js';
import type { ConversationMerge as Input } from './schema.js';

type ConversationMerge = Extract<MergeRecord, { kind: 'conversation' }>;

/** Why a conversation is closed that is apart from the other one again. */
const partedReason = 'unmerged';

/**
 * Makes another conversation with the same contact over the same channel part of this one: what was said there is said
 * here, and what comes in for it comes here. The livelier of the two says who answers. It can be undone.
 */
export const mergeConversations = action(
  'conversations.merge',
  async (ctx, { id, conversationId }: Input & { id: string }): Promise<Conversation> => {
    const [into, from] = await bothLocked(ctx, id, conversationId);
    demandJoinable(into, from);
    const sameThread = into.threadKey === from.threadKey;
    const after = taking(into, from);
    if (after.activeKey === null && after.lifecycle !== 'closed') await demandFree(ctx, into);
    const merge = await begin(ctx, into, from, sameThread && from.activeKey !== null);
    const gone: ConversationRecord = {
      ...ended(from),
      lifecycle: 'merged',
      inboundCount: 0,
      // The key of another thread stays, and leads here from now on.
      activeKey: sameThread ? null : from.activeKey,
      mergedInto: into.id,
    };
    // The key is given up before it is taken.
    await change(ctx, from, gone, merge);
    await change(ctx, into, after, merge);
    await raiseReadMarks(ctx, into.id, from.inboundCount - from.unreadCount);
    await moveOn(ctx, merge);
    return show(ctx, into.id);
  },
);

async function bothLocked(ctx: Context, ...ids: [string, string]): Promise<[ConversationRecord, ConversationRecord]> {
  const records = new Map((await lockConversations(ctx, ids)).map((record) => [record.id, record]));
  const [one, other] = ids.map((id) => {
    const record = records.get(id) ?? fail('not_found', `There is no conversation ${id}`);
    demandOn(ctx.actor, 'conversations:merge', record);
    demandNotErased(record);
    return record;
  });
  return one && other ? [one, other] : fail('internal_error');
}

function demandJoinable(into: ConversationRecord, from: ConversationRecord): void {
  if (into.id === from.id) fail('merge_refused', 'A conversation cannot be merged with itself');
  for (const { id, mergedInto } of [into, from]) {
    if (mergedInto) fail('merge_refused', `${id} is part of another conversation`, { conversationId: mergedInto });
  }
  if (into.channelId !== from.channelId) fail('merge_refused', 'They are on two channels');
  if (into.contactId !== from.contactId) fail('merge_refused', 'They are with two contacts: link these first');
}

/** One thread has one live conversation. */
async function demandFree(ctx: Context, { channelId, threadKey }: ConversationRecord): Promise<void> {
  const [live] = await lockActive(ctx, channelId, [threadKey]);
  if (live) {
    const conversationId = live.conversation.id;
    fail('merge_refused', 'A newer conversation continues its thread', { conversationId });
  }
}

const liveliness = { open: 2, pending: 1, closed: 0, merged: 0 } as const;

/** The conversation with the other one in it. */
function taking(into: ConversationRecord, from: ConversationRecord): ConversationRecord {
  const { lifecycle, handler, assigneeId, teamId, closeReason, closedAt } =
    liveliness[from.lifecycle] > liveliness[into.lifecycle] ? from : into;
  const inherited = into.threadKey === from.threadKey ? from.activeKey : null;
  return {
    ...into,
    lifecycle,
    handler,
    assigneeId,
    teamId,
    closeReason,
    closedAt,
    handlerVersion: into.handlerVersion + 1,
    activeKey: into.activeKey ?? inherited ?? (lifecycle === 'closed' ? null : into.threadKey),
    // The identity that wrote last is the one to reply to.
    identityId: (from.lastMessageAt ?? 0) > (into.lastMessageAt ?? 0) ? from.identityId : into.identityId,
    unreadCount: into.unreadCount + from.unreadCount,
    inboundCount: into.inboundCount + from.inboundCount,
    waitingSince: earlier(into.waitingSince, from.waitingSince),
    lastActivityAt: Math.max(into.lastActivityAt, from.lastActivityAt),
  };
}

const earlier = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.min(one, other);

function ended(conversation: ConversationRecord): ConversationRecord {
  return {
    ...conversation,
    handlerVersion: conversation.handlerVersion + 1,
    unreadCount: 0,
    waitingSince: null,
    closeReason: null,
    closedAt: null,
  };
}

async function begin(
  ctx: Context,
  into: ConversationRecord,
  from: ConversationRecord,
  thread: boolean,
): Promise<ConversationMerge> {
  const now = ctx.installation.clock.now();
  const owner = 'conversation_id';
  const merge: ConversationMerge = {
    id: newId('merge', now),
    kind: 'conversation',
    fromId: from.id,
    intoId: into.id,
    moved: {
      notes: await giveOver(ctx, { table: 'notes', owner }, from.id, into.id),
      followUps: await giveOver(ctx, { table: 'follow_ups', owner }, from.id, into.id),
      thread,
      inboundCount: from.inboundCount,
      unreadCount: from.unreadCount,
    },
    by: ctx.actor.id,
    at: now,
    undoneAt: null,
  };
  // What is on its way keeps its place in the queue of the conversation that it is now in.
  await giveOver(ctx, { table: 'outbox', owner }, from.id, into.id);
  await insertMerge(ctx, merge);
  return merge;
}

/**
 * Takes a merge back: what was said there is there again. The conversation comes back closed; what came in since the
 * merge stays where it came in.
 */
export async function part(ctx: Context, merge: ConversationMerge): Promise<void> {
  const { moved, intoId, fromId } = merge;
  const [into, from] = await bothLocked(ctx, intoId, fromId);
  if (into.mergedInto) {
    fail('merge_refused', `${into.id} is part of another conversation itself: undo that first`, {
      conversationId: into.mergedInto,
    });
  }
  const owner = 'conversation_id';
  await giveOver(ctx, { table: 'notes', owner }, intoId, fromId, moved.notes);
  await giveOver(ctx, { table: 'follow_ups', owner }, intoId, fromId, moved.followUps);
  const apart = {
    lifecycle: 'closed',
    closeReason: partedReason,
    closedAt: ctx.installation.clock.now(),
    inboundCount: moved.inboundCount,
    mergedInto: null,
  } as const;
  await change(ctx, from, { ...ended(from), ...apart }, merge);
  await change(
    ctx,
    into,
    {
      ...into,
      unreadCount: Math.max(0, into.unreadCount - moved.unreadCount),
      inboundCount: Math.max(0, into.inboundCount - moved.inboundCount),
    },
    merge,
  );
  await raiseReadMarks(ctx, intoId, moved.unreadCount - moved.inboundCount);
}

async function change(
  ctx: Context,
  before: ConversationRecord,
  changed: ConversationRecord,
  { fromId, intoId }: ConversationMerge,
): Promise<void> {
  const after = { ...changed, version: before.version + 1 };
  await updateConversations(ctx, [{ before, after }]);
  await keepFollowUps(ctx, after);
  const merged = fromId === before.id ? after.mergedInto !== null : undefined;
  ctx.append(
    changeEvent('conversation.merged', before, after, {
      from: fromId,
      into: intoId,
      ...(merged === undefined ? {} : { merged }),
    }),
  );
}

async function show(ctx: Context, id: string): Promise<Conversation> {
  const [conversation] = await presentConversations(ctx, await lockConversations(ctx, [id]));
  return conversation ?? fail('internal_error');
}
