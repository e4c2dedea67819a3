import type { ReadContext } from '../../database/context.js';
import {
  decodePage,
  defaultLimit,
  encodePage,
  type Page,
  type PageCursor,
  type PageRequest,
} from '../../database/page.js';
import { contactInSight } from '../contacts/index.js';
import { type Conversation, listConversations } from '../conversations/index.js';
import { findMessages, presentMessages } from '../messages/index.js';
import { demand, sight } from '../roles/index.js';
import { conversationsInStream, lastMessagesOf, type StreamConversation } from './repository.js';
import type { StreamMessage } from './schema.js';

/** All conversations of a contact that the caller sees, the last active first. */
export async function listContactConversations(
  ctx: ReadContext,
  { id, ...page }: PageRequest & { id: string },
): Promise<Page<Conversation>> {
  await contactInSight(ctx, id);
  return listConversations(ctx, { contactId: id, ...page });
}

/**
 * What was said with one contact over all channels, the newest first, in the order in which conversations show it. Only
 * of conversations that the caller sees whole.
 */
export async function streamContact(
  ctx: ReadContext,
  { id, cursor, limit = defaultLimit }: PageRequest & { id: string },
): Promise<Page<StreamMessage>> {
  demand(ctx.actor, 'conversations:read');
  await contactInSight(ctx, id);
  const place = cursor === undefined ? undefined : decodePage(cursor);
  const conversations = await conversationsInStream(ctx, id);
  const whole = conversations.filter((one) => sight(ctx.actor, one) === 'whole');
  const places = await newest(ctx, whole, place, limit + 1);
  ctx.installation.accessLog.note(ctx.actor, { action: 'contacts.stream', entityId: id });
  const shown = places.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: await present(ctx, shown),
    nextCursor: places.length > limit && last ? encodePage(last) : null,
  };
}

const atOnce = 40;

/**
 * The newest messages of conversations that are sorted by when something was last said. Nothing in the later ones is
 * newer than that, so most of a long history is never looked at.
 */
async function newest(
  ctx: ReadContext,
  conversations: readonly StreamConversation[],
  cursor: PageCursor | undefined,
  limit: number,
): Promise<PageCursor[]> {
  let places: PageCursor[] = [];
  for (let at = 0; at < conversations.length; at += atOnce) {
    const end = places.length === limit ? places.at(-1) : undefined;
    if (end && end.at > (conversations[at]?.lastMessageAt ?? 0)) break;
    const ids = conversations.slice(at, at + atOnce).map((one) => one.id);
    places = [...places, ...(await lastMessagesOf(ctx, ids, cursor, limit))].sort(newestFirst).slice(0, limit);
  }
  return places;
}

function newestFirst(a: PageCursor, b: PageCursor): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

async function present(ctx: ReadContext, places: readonly PageCursor[]): Promise<StreamMessage[]> {
  const ids = places.map((place) => place.id);
  const records = new Map((await findMessages(ctx, ids)).map((record) => [record.id, record]));
  const messages = await presentMessages(
    ctx,
    ids.flatMap((id) => records.get(id) ?? []),
  );
  const channels = await ctx.installation.channels.current();
  return messages.map((message) => {
    const channel = channels.byId(message.channelId);
    return {
      ...message,
      channel: { id: message.channelId, kind: channel?.kind ?? 'unknown', name: channel?.name ?? '' },
    };
  });
}
