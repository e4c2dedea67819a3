import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTims } from '../src/index.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
const client = () => createTims({ url: server.url, retries: 0 });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

it('answers one page when it is awaited', async () => {
  server.next({ body: { data: [{ id: 'a' }], nextCursor: 'two', asOf: 'x' } });
  await expect(client().conversations.list()).resolves.toEqual({ data: [{ id: 'a' }], nextCursor: 'two', asOf: 'x' });
  expect(server.received).toHaveLength(1);
});

it('gives the items of all pages when it is iterated', async () => {
  server.next(
    { body: { data: [{ id: 'a' }, { id: 'b' }], nextCursor: 'two' } },
    { body: { data: [{ id: 'c' }], nextCursor: null } },
  );
  const ids = (await all(client().conversations.list({ status: 'queued' }))).map(({ id }) => id);
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(server.received.map(({ url }) => url)).toEqual([
    '/api/conversations?status=queued',
    '/api/conversations?status=queued&cursor=two',
  ]);
});

it('gives the pages, too', async () => {
  server.next({ body: { data: [1], nextCursor: 'two' } }, { body: { data: [], nextCursor: null } });
  expect(await all(client().users.list().pages())).toEqual([
    { data: [1], nextCursor: 'two' },
    { data: [], nextCursor: null },
  ]);
});

it('asks for a page only when it is wanted, and for the first one once', async () => {
  server.otherwise = () => ({ body: { data: [{ id: 'a' }], nextCursor: 'more' } });
  const list = client().conversations.list();
  expect(server.received).toHaveLength(0);
  await list;
  for await (const _conversation of list) break;
  expect(server.received).toHaveLength(1);
});

it('ends with what there is now where the cursor goes on for ever', async () => {
  server.next(
    { body: { data: [{ id: 'a' }], nextCursor: 'x', more: true, resyncRequired: false } },
    { body: { data: [{ id: 'b' }], nextCursor: 'y', more: false, resyncRequired: false } },
  );
  expect((await all(client().events.list())).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('never passes over events in silence', async () => {
  server.next({ body: { data: [], nextCursor: 'x', more: false, resyncRequired: true } });
  await expect(all(client().events.list({ cursor: 'old' }))).rejects.toMatchObject({ code: 'resync_required' });
});
