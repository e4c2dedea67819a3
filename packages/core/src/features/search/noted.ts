import type { ReadContext } from '../../database/context.js';
import type { Page } from '../../database/page.js';
import { find } from './find.js';
import type { MessageSearch, Search, SearchHit } from './schema.js';

/** Messages, contacts, notes and tags that have what was asked for. That somebody looked is noted. */
export async function search(ctx: ReadContext, request: Search): Promise<Page<SearchHit>> {
  const page = await find(ctx, request);
  noteSearch(ctx, 'search.find', request, page);
  return page;
}

/** The same in messages alone. */
export async function searchMessages(ctx: ReadContext, request: MessageSearch): Promise<Page<SearchHit>> {
  const page = await find(ctx, { ...request, in: 'messages' });
  noteSearch(ctx, 'messages.search', { ...request, in: 'messages' }, page);
  return page;
}

/**
 * Notes where somebody looked and how much there was, never for what: the words may be a customer's own. The same places
 * narrowed in the same way are the same, whatever the words: a search that is typed is several requests.
 */
export function noteSearch(ctx: ReadContext, action: string, asked: Omit<Search, 'q'>, found: Page<unknown>): void {
  const { in: places = 'messages,contacts,notes,tags', order = 'newest', conversationId, contactId, channelId } = asked;
  const narrowed = { conversationId, contactId, channelId, from: asked.from, to: asked.to };
  const filteredBy = Object.entries(narrowed).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  // Any id may have been asked for: one under which something was found is one that they may see.
  const own = found.data.length > 0;
  ctx.installation.accessLog.note(
    ctx.actor,
    {
      action,
      entityId: own ? (conversationId ?? contactId ?? channelId) : undefined,
      conversationId: own ? conversationId : undefined,
      data: { in: places.split(','), order, filteredBy, found: found.data.length, more: found.nextCursor !== null },
    },
    [places, order, ...filteredBy].join(' '),
  );
}
