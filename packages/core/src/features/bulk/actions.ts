import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail, TimsError } from '../../kernel/errors.js';
import {
  type Act,
  assign,
  type ConversationRecord,
  changeEvent,
  close,
  decide,
  lockConversations,
  pend,
  reopen,
  saveReadMarks,
  take,
  updateConversations,
} from '../conversations/index.js';
import { demandOn } from '../roles/index.js';
import { retag, usableTag } from '../tags/index.js';
import type { Bulk, BulkResult } from './schema.js';

type Refusals = Map<string, TimsError>;

/**
 * Does one thing to up to 500 conversations in one transaction, and says of each what became of it. Whether a team, a
 * user or a tag exists is decided for all; who may, and whether the state allows it, for each.
 */
export const bulk = action('conversations.bulk', async (ctx, input: Bulk): Promise<BulkResult> => {
  const ids = [...new Set(input.ids)];
  const before = await lockConversations(ctx, ids);
  const refused: Refusals = new Map();
  const after = new Map((await perform(ctx, input, before, refused)).map((record) => [record.id, record]));
  const results = ids.map((id): BulkResult['results'][number] => {
    const record = after.get(id);
    if (record) return { id, done: true, version: record.version, code: null, detail: null };
    const error = refused.get(id) ?? new TimsError('not_found', `There is no conversation ${id}`);
    return { id, done: false, version: null, code: error.code, detail: error.detail ?? null };
  });
  return { done: after.size, refused: ids.length - after.size, results };
});

/** Those that the act was done to, as they are after it. */
function perform(ctx: Context, input: Bulk, before: ConversationRecord[], refused: Refusals) {
  switch (input.act) {
    case 'take':
      return each(ctx, take, input, before, refused);
    case 'assign':
      if (input.assigneeId === undefined && input.teamId === undefined) {
        const message = 'needs `assigneeId` or `teamId`';
        fail('validation_failed', undefined, { errors: [{ path: '/body', message }] });
      }
      return each(ctx, assign, input, before, refused);
    case 'pend':
      return each(ctx, pend, input, before, refused);
    case 'close':
      return each(ctx, close, input, before, refused);
    case 'reopen':
      return each(ctx, reopen, input, before, refused);
    case 'read':
      return read(ctx, before, refused);
    case 'tag':
    case 'untag':
      return tag(ctx, input.act, input.tagId, before, refused);
  }
}

async function each<Input, Given>(
  ctx: Context,
  act: Act<Input, Given>,
  input: Input,
  conversations: ConversationRecord[],
  refused: Refusals,
): Promise<ConversationRecord[]> {
  const given = await act.prepare(ctx, input, conversations);
  const changes: { before: ConversationRecord; after: ConversationRecord }[] = [];
  const done = allowed(conversations, refused, (before) => {
    const changed = decide(ctx, act, before, input, given);
    if (changed === before) return before;
    const after = { ...changed, version: before.version + 1 };
    changes.push({ before, after });
    return after;
  });
  await updateConversations(ctx, changes);
  for (const { before, after } of changes) ctx.append(changeEvent(act.event, before, after));
  return done;
}

async function read(ctx: Context, conversations: ConversationRecord[], refused: Refusals) {
  const changes: { before: ConversationRecord; after: ConversationRecord }[] = [];
  const done = allowed(conversations, refused, (before) => {
    demandOn(ctx.actor, 'conversations:reply', before);
    const after = { ...before, unreadCount: 0, version: before.version + 1 };
    changes.push({ before, after });
    return after;
  });
  await updateConversations(ctx, changes);
  await saveReadMarks(
    ctx,
    changes.flatMap(({ after: { id, lastMessageId, lastMessageAt, inboundCount } }) =>
      lastMessageId === null
        ? []
        : {
            conversationId: id,
            userId: ctx.actor.id,
            messageId: lastMessageId,
            displayAt: lastMessageAt ?? 0,
            inboundCount,
          },
    ),
  );
  for (const { before, after } of changes) ctx.append(changeEvent('conversation.read', before, after));
  return done;
}

async function tag(
  ctx: Context,
  act: 'tag' | 'untag',
  tagId: string,
  conversations: ConversationRecord[],
  refused: Refusals,
): Promise<ConversationRecord[]> {
  const chosen = await usableTag(ctx, tagId);
  const mine = allowed(conversations, refused, (before) => {
    demandOn(ctx.actor, 'conversations:tag', before);
    return before;
  });
  return retag(ctx, mine, act === 'tag' ? { add: [chosen] } : { remove: [chosen] });
}

/** What `decide` answers for each; those for which it throws are noted as refused. */
function allowed(
  conversations: readonly ConversationRecord[],
  refused: Refusals,
  decideOn: (before: ConversationRecord) => ConversationRecord,
): ConversationRecord[] {
  return conversations.flatMap((before) => {
    try {
      return decideOn(before);
    } catch (error) {
      if (!(error instanceof TimsError)) throw error;
      refused.set(before.id, error);
      return [];
    }
  });
}
