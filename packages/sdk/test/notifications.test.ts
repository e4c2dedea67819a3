import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createNotifications,
  createTims,
  type Event,
  type Notification,
  type Notifications,
  type RealtimeItem,
} from '../src/index.js';
import { second } from './inbox.js';
import { problem, type Received, type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { until } from './until.js';

let server: ScriptedServer;
let all: Notification[];
let told: (items: readonly RealtimeItem[]) => void;
let notifications: Notifications;
let errors: unknown[];

/** A server that has these notifications, and pages them by their place. */
beforeEach(async () => {
  server = await startScriptedServer();
  all = [];
  errors = [];
  server.otherwise = ({ url, body }: Received) => {
    const { pathname, searchParams } = new URL(url, 'http://server');
    if (pathname.endsWith('/read')) {
      const { ids } = body as { ids?: string[] };
      all = all.map((one) => (!ids || ids.includes(one.id) ? { ...one, readAt: second(500) } : one));
      return { body: { read: 1 } };
    }
    const limit = Number(searchParams.get('limit'));
    const cursor = searchParams.get('cursor');
    const from = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
    const data = all.slice(from, from + limit);
    const nextCursor = from + limit < all.length ? (data.at(-1)?.id ?? null) : null;
    return { body: { data, nextCursor, asOf: 'a', unreadCount: all.filter(({ readAt }) => !readAt).length } };
  };
  const live = {
    subscribe(listener: typeof told) {
      told = listener;
      return () => {
        told = () => {};
      };
    },
  };
  const tims = createTims({ url: server.url, retries: 0 });
  notifications = createNotifications({ tims, live, pageSize: 3, onError: (error) => void errors.push(error) });
});
afterEach(async () => {
  notifications.close();
  await server.close();
});

const shown = () => notifications.getSnapshot().notifications.map(({ id }) => id);

it('goes back page by page, and takes new ones in above without losing its place', async () => {
  all = ['f', 'e', 'd', 'c', 'b', 'a'].map((id) => notification(id));
  await notifications.load();
  expect(shown()).toEqual(['f', 'e', 'd']);
  await notifications.loadMore();
  expect(shown()).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  const fresh: string[] = [];
  notifications.subscribe((news) => fresh.push(...news.map(({ id }) => id)));
  all.unshift(notification('h'), notification('g'));
  told([event('notification.created')]);
  await until(() => shown().length === 8);
  expect(shown()).toEqual(['h', 'g', 'f', 'e', 'd', 'c', 'b', 'a']);
  expect(fresh).toEqual(['g', 'h']);
  expect(notifications.getSnapshot()).toMatchObject({ unreadCount: 8, hasMore: false });
});

it('begins anew where more came than one page shows', async () => {
  all = [notification('b'), notification('a')];
  await notifications.load();
  all.unshift(...['f', 'e', 'd', 'c'].map((id) => notification(id)));
  told([event('notification.created')]);
  await until(() => shown()[0] === 'f');
  expect(shown()).toEqual(['f', 'e', 'd']);
  expect(notifications.getSnapshot().hasMore).toBe(true);
  await notifications.loadMore();
  expect(shown()).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
});

it('shows at once what was read here, and soon what was read on another device', async () => {
  all = ['c', 'b', 'a'].map((id) => notification(id));
  await notifications.load();
  const reading = notifications.read({ ids: ['b'] });
  expect(notifications.getSnapshot().unreadCount).toBe(2);
  await reading;
  all = all.map((one) => ({ ...one, readAt: second(600) }));
  told([event('notification.read')]);
  await until(() => notifications.getSnapshot().unreadCount === 0);
});

it('takes back what the server did not take', async () => {
  all = [notification('a')];
  await notifications.load();
  server.next(problem(403, 'forbidden'));
  await expect(notifications.read({ all: true })).rejects.toMatchObject({ code: 'forbidden' });
  await until(() => notifications.getSnapshot().unreadCount === 1);
});

it('asks again after a failure, and once more for what is told meanwhile', async () => {
  await notifications.load();
  server.next(problem(503, 'overloaded'));
  all = [notification('a')];
  told([event('notification.created')]);
  told([event('notification.created'), event('message.created')]);
  await until(() => shown().length === 1);
  expect(errors).toMatchObject([{ code: 'overloaded' }]);
  const asked = server.received.length;
  told([event('message.created')]);
  told([{ type: 'resync_required', cursor: 'c' }]);
  await until(() => server.received.length === asked + 1);
});

function notification(id: string): Notification {
  return {
    id,
    kind: 'mention',
    conversationId: 'cnv_1',
    entityId: 'not_1',
    actor: { type: 'user', id: 'usr_2' },
    readAt: null,
    createdAt: second(0),
  };
}

function event(type: Event['type']): RealtimeItem {
  const actor = { type: 'system', id: 'test' };
  return {
    type: 'event',
    event: { id: 'e', type, entityId: 'n', entityVersion: 1, actor, at: second(0), cursor: 'c' },
  };
}
