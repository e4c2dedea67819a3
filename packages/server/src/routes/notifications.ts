import { listNotifications, Notification, NotificationFilter, NotificationsRead, readNotifications } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { ListOf, readAsOf, readContext, route } from './route.js';

const NotificationList = Type.Object({
  ...ListOf(Notification).properties,
  unreadCount: Type.Integer({ description: 'Counted up to 1000' }),
});

export function notifications(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/notifications',
    operation: 'notifications.list',
    summary: "The caller's notifications, newest first",
    access: 'signed_in',
    query: NotificationFilter,
    answer: NotificationList,
    errors: ['cursor_invalid'],
    handler: async ({ request, query }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      return { ...(await listNotifications(ctx, query)), asOf };
    },
  });

  route(app, {
    method: 'POST',
    url: '/notifications/read',
    operation: 'notifications.read',
    summary: 'Mark notifications as read: some, those up to one, or all',
    access: 'signed_in',
    body: NotificationsRead,
    answer: Type.Object({ read: Type.Integer({ description: 'How many were unread' }) }, { title: 'ReadCount' }),
    errors: ['not_found'],
    handler: ({ request, body }) => readNotifications(app.installation, actorOf(request), body),
  });
}
