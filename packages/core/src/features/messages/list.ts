import type { ReadContext } from '../../database/context.js';
import { defaultLimit, encodePage, type Page, type PageRequest } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { idPattern } from '../../kernel/ids.js';
import { findConversations, listConversationRecords } from '../conversations/index.js';
import { demand, narrowing, sight } from '../roles/index.js';
import { presentMessages } from './present.js';
import { findMessages, messagesByArrival, messagesOfConversations } from './repository.js';
import type { Message } from './schema.js';

/** Messages that one request looks at, where not all are the caller's to see. */
const mostLookedAt = 2_000;
const step = 400;
const conversationsAtOnce = 300;

/**
 * The organization's messages that the caller may see, the last to come first. Ids sort by arrival, so the index that
 * every message has anyway serves the order.
 */
export async function listMessages(
  ctx: ReadContext,
  { organizationId, cursor, limit = defaultLimit }: PageRequest & { organizationId: string },
): Promise<Page<Message>> {
  demand(ctx.actor, 'conversations:read');
  if (organizationId !== ctx.organization) fail('not_found', `There is no organization ${organizationId}`);
  const place = decode(cursor);
  const narrow = narrowing(ctx.actor);
  const read = narrow && !narrow.teams ? ofOwnConversations : ofEverybody;
  const { ids, next } = await read(ctx, place, limit);
  const records = new Map((await findMessages(ctx, ids)).map((record) => [record.id, record]));
  return {
    data: await presentMessages(
      ctx,
      ids.flatMap((id) => records.get(id) ?? []),
    ),
    nextCursor: next ? encode(next) : null,
  };
}

interface Place {
  /** Only messages before this one. */
  before: string | null;
  /** For who sees few conversations: where in their list these begin. */
  conversations: string | null;
}

interface Step {
  ids: string[];
  next: Place | undefined;
}

async function ofEverybody(ctx: ReadContext, place: Place, limit: number): Promise<Step> {
  const ids: string[] = [];
  let { before } = place;
  for (let looked = 0; looked < mostLookedAt; looked += step) {
    const rows = await messagesByArrival(ctx, before, step);
    const conversations = await findConversations(ctx, [...new Set(rows.map((row) => row.conversationId))]);
    const whole = new Set(conversations.filter((one) => sight(ctx.actor, one) === 'whole').map(({ id }) => id));
    for (const { id, conversationId } of rows) {
      if (ids.length === limit) return { ids, next: { before, conversations: null } };
      if (whole.has(conversationId)) ids.push(id);
      before = id;
    }
    if (rows.length < step) return { ids, next: undefined };
  }
  return { ids, next: { before, conversations: null } };
}

/** Looking through everybody's messages would find hardly any of theirs. */
async function ofOwnConversations(ctx: ReadContext, place: Place, limit: number): Promise<Step> {
  const { records, next } = await listConversationRecords(ctx, {
    limit: conversationsAtOnce,
    ...(place.conversations === null ? {} : { cursor: place.conversations }),
  });
  const whole = records.filter((one) => sight(ctx.actor, one) === 'whole');
  const found = await messagesOfConversations(
    ctx,
    whole.map(({ id }) => id),
    place.before,
    limit + 1,
  );
  const ids = found.slice(0, limit);
  if (found.length > limit) return { ids, next: { before: ids.at(-1) ?? null, conversations: place.conversations } };
  return { ids, next: next && { before: null, conversations: encodePage(next) } };
}

function encode({ before, conversations }: Place): string {
  return Buffer.from(`${before ?? ''}.${conversations ?? ''}`).toString('base64url');
}

const message = new RegExp(idPattern('message'));

/** @throws TimsError `cursor_invalid` for anything that `encode` did not write. */
function decode(text: string | undefined): Place {
  if (text === undefined) return { before: null, conversations: null };
  const [before = '', conversations, ...rest] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  const fits = (before === '' || message.test(before)) && /^[\w-]{0,120}$/.test(conversations ?? ' ');
  if (!fits || rest.length > 0) fail('cursor_invalid');
  return { before: before || null, conversations: conversations || null };
}
