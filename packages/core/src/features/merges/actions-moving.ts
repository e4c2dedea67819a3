import type { Context } from '../../database/context.js';
import {
  type ConversationRecord,
  changeEvent,
  lockConversations,
  lockConversationsOf,
  updateConversations,
} from '../conversations/index.js';
import { addJob } from '../jobs/index.js';
import { type MergeRecord, mergesInto } from './repository.js';
import { chunk, lastMessageIn, moveMessages, returnMessages } from './repository-moving.js';

/** What still comes in for the old place while it is being left arrives within this time. */
const settledAfterMs = 10_000;

/**
 * Moves some hundred of what has to go where the merge, or its undoing, wants it, and leaves the rest to a job. The job
 * comes once more when nothing is left: a message that was being stored meanwhile may have gone to the old place.
 */
export async function moveOn(ctx: Context, merge: MergeRecord): Promise<void> {
  const more = await moveSome(ctx, merge);
  await addJob(ctx, 'merge.move', { organization: ctx.organization, id: merge.id }, more ? 0 : settledAfterMs);
}

/** One step; answers whether there is more to move. */
export function moveSome(ctx: Context, merge: MergeRecord): Promise<boolean> {
  return merge.kind === 'contact' ? moveConversations(ctx, merge) : moveWhatWasSaid(ctx, merge);
}

type Of<K extends MergeRecord['kind']> = Extract<MergeRecord, { kind: K }>;

async function moveConversations(ctx: Context, { fromId, intoId, moved, undoneAt }: Of<'contact'>): Promise<boolean> {
  const back = undoneAt !== null;
  const [from, to] = back ? [intoId, fromId] : [fromId, intoId];
  const before = await lockConversationsOf(ctx, from, chunk, back ? moved.identities : undefined);
  const changes = before.map((one) => ({
    before: one,
    after: { ...one, contactId: to, version: one.version + 1 },
  }));
  await updateConversations(ctx, changes);
  for (const change of changes) {
    ctx.append(changeEvent('conversation.updated', change.before, change.after, { contact: [from, to] }));
  }
  return before.length === chunk;
}

async function moveWhatWasSaid(ctx: Context, { id, fromId, intoId, undoneAt }: Of<'conversation'>): Promise<boolean> {
  // Nobody may see the one without the messages and the other not yet with them.
  const locked = await lockConversations(ctx, [fromId, intoId]);
  const count =
    undoneAt === null
      ? await moveMessages(ctx, fromId, intoId, id)
      : await returnMessages(ctx, intoId, fromId, id, await mergesInto(ctx, fromId));
  if (count === 0) return false;
  const changes: { before: ConversationRecord; after: ConversationRecord }[] = [];
  for (const before of locked) {
    const last = await lastMessageIn(ctx, before.id);
    const after: ConversationRecord = {
      ...before,
      lastMessageId: last?.id ?? null,
      lastMessageAt: last?.at ?? null,
      version: before.version + 1,
    };
    changes.push({ before, after });
    const told = { from: fromId, into: intoId, merged: undoneAt === null };
    ctx.append(changeEvent('conversation.merged', before, after, told));
  }
  await updateConversations(ctx, changes);
  return count === chunk;
}
