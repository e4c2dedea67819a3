import type { ReadContext } from '../../database/context.js';
import type { Page } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import {
  type Conversation,
  type ConversationFilter,
  conversationsAmong,
  newestOfContacts,
  presentConversations,
} from '../conversations/index.js';
import { find, noteSearch } from '../search/index.js';

const defaultLimit = 50;
/** Hits that one page looks at: several may be of one conversation. */
const hitsAtOnce = 100;

/**
 * The conversations in which a text was said, or whose contact it names, that the filter leaves over; those with the
 * newest hit first. A conversation comes with its newest hit on a page, so that it may come again on a later one.
 */
export async function listConversationsWith(
  ctx: ReadContext,
  { q, ...filter }: ConversationFilter & { q: string },
): Promise<Page<Conversation>> {
  if (filter.order !== undefined || filter.followUp !== undefined) {
    const message = 'a list by text has its own order: leave `order` and `followUp` out';
    fail('validation_failed', undefined, { errors: [{ path: '/query/q', message }] });
  }
  const { cursor, limit = defaultLimit, contactId, channelId } = filter;
  const asked = {
    in: 'messages,contacts',
    limit: Math.min(hitsAtOnce, limit),
    ...(cursor === undefined ? {} : { cursor }),
    ...(contactId === undefined ? {} : { contactId }),
    ...(channelId === undefined ? {} : { channelId }),
  };
  const page = await find(ctx, { ...asked, q });
  noteSearch(ctx, 'conversations.list', asked, page);
  const { data, nextCursor } = page;
  const named = data.flatMap((hit) => (hit.kind === 'contact' && hit.contactId !== null ? hit.contactId : []));
  const ofContacts = await newestOfContacts(ctx, named);
  const ids = data.flatMap((hit) => hit.conversationId ?? ofContacts.get(hit.contactId ?? '') ?? []);
  const records = new Map((await conversationsAmong(ctx, [...new Set(ids)], filter)).map((one) => [one.id, one]));
  return {
    data: await presentConversations(
      ctx,
      [...new Set(ids)].flatMap((id) => records.get(id) ?? []),
    ),
    nextCursor,
  };
}
