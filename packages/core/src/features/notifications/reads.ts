import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, toPage } from '../../database/page.js';
import { timestamp } from '../../kernel/schema.js';
import { countUnread, type NotificationRecord, pageNotifications } from './repository.js';
import type { Notification, NotificationFilter } from './schema.js';

/** The caller's notifications, newest first, and how many are unread (counted up to a thousand). */
export async function listNotifications(
  ctx: ReadContext,
  { unread, ...page }: NotificationFilter,
): Promise<Page<Notification> & { unreadCount: number }> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const [rows, unreadCount] = await Promise.all([pageNotifications(ctx, unread, cursor, limit + 1), countUnread(ctx)]);
  return { ...toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), present), unreadCount };
}

function present(one: NotificationRecord): Notification {
  const { id, kind, conversationId, entityId, actorType, actorId, readAt, createdAt } = one;
  return {
    id,
    kind,
    conversationId,
    entityId,
    actor: { type: actorType, id: actorId },
    readAt: timestamp(readAt),
    createdAt: timestamp(createdAt),
  };
}
