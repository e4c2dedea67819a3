import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conversation, createStore, createTims, type Store, type StoreOptions } from '../src/index.js';
import { closed, conversation, createInbox, type Inbox, message, second, told } from './inbox.js';
import { problem, type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { until } from './until.js';

let server: ScriptedServer;
let inbox: Inbox;
let store: Store;
let errors: unknown[];
const queued = { status: 'queued' } as const;
const ids = (filter = {}) => store.list(filter)?.conversations.map(({ id }) => id);
const put = (...conversations: Conversation[]) => {
  for (const one of conversations) inbox.conversations.set(one.id, one);
};
const storeWith = (options: StoreOptions) =>
  createStore(createTims({ url: server.url, retries: 0 }), { onError: (error) => void errors.push(error), ...options });

beforeEach(async () => {
  server = await startScriptedServer();
  inbox = createInbox();
  errors = [];
  server.otherwise = (request) => inbox.answer(request);
  store = storeWith({});
});
afterEach(async () => {
  store.close();
  await server.close();
});

describe('hydration', () => {
  it('asks once for what many events of a tick name, at most a hundred a request', async () => {
    await store.load();
    const many = Array.from({ length: 150 }, (_, index) => conversation(`cnv_${String(index).padStart(3, '0')}`));
    put(...many);
    inbox.asked.length = 0;
    await store.apply([...many, ...many].map((one) => told('message.created', one)));
    expect(inbox.asked.map((url) => url.split('%2C').length)).toEqual([100, 50]);
    expect(ids()).toHaveLength(150);
  });

  it('asks for nothing that no list can show, and nothing that is known', async () => {
    put(conversation('cnv_1'));
    await store.load(queued);
    inbox.asked.length = 0;
    const elsewhere = conversation('cnv_2', { status: 'assigned', handler: 'user', assigneeId: 'usr_1' });
    await store.apply([told('conversation.assigned', elsewhere), told('message.created', conversation('cnv_1'))]);
    expect(inbox.asked).toEqual([]);
  });

  it('comes back to what could not be fetched', async () => {
    await store.load();
    put(conversation('cnv_1'));
    server.next(problem(503, 'overloaded'));
    await store.apply([told('conversation.created', conversation('cnv_1'))]);
    expect(ids()).toEqual(['cnv_1']);
    expect(errors).toMatchObject([{ code: 'overloaded' }]);
  });

  it('gives up what will never be answered', async () => {
    await store.load();
    server.next(problem(403, 'forbidden'));
    await store.apply([told('conversation.created', conversation('cnv_1'))]);
    expect(errors).toMatchObject([{ code: 'forbidden' }]);
    expect(ids()).toEqual([]);
  });
});

describe('an answer that comes too late', () => {
  it('does not bring back what has left', async () => {
    await store.load();
    put(conversation('cnv_1'));
    const release = inbox.hold();
    const first = store.apply([told('conversation.created', conversation('cnv_1'))]);
    await until(() => inbox.asked.length === 2);
    inbox.conversations.delete('cnv_1');
    const second = store.apply([{ type: 'left', conversationId: 'cnv_1' }]);
    release();
    await Promise.all([first, second]);
    expect(ids()).toEqual([]);
  });

  it('is asked for again when an event told more in the meantime', async () => {
    put(conversation('cnv_1'));
    const release = inbox.hold();
    const loading = store.load(queued);
    await until(() => inbox.asked.length === 1);
    const after = conversation('cnv_1', { ...closed, version: 2 });
    put(after);
    const applied = store.apply([told('conversation.closed', after)]);
    release();
    await Promise.all([loading, applied]);
    await until(() => ids(queued)?.length === 0);
  });

  it('is asked for again when its last message or its contact went on', async () => {
    const lastMessage = {
      id: 'msg_1',
      direction: 'outbound',
      type: 'text',
      preview: 'x',
      state: 'sent',
      at: second(0),
      version: 1,
    } as const;
    const before = conversation('cnv_1', { lastMessage });
    put(before);
    const release = inbox.hold();
    const loading = store.load();
    await until(() => inbox.asked.length === 1);
    put({
      ...before,
      lastMessage: { ...lastMessage, state: 'read', version: 2 },
      contact: { ...before.contact, name: 'Siti', version: 2 },
    });
    await store.apply([
      told('message.updated', before, { entityId: 'msg_1', entityVersion: 2, changes: { state: ['sent', 'read'] } }),
      told('contact.updated', before, { entityId: 'con_cnv_1', entityVersion: 2, conversationId: undefined }),
    ]);
    release();
    await loading;
    const shown = () => store.list()?.conversations[0];
    await until(() => shown()?.lastMessage?.state === 'read' && shown()?.contact.name === 'Siti');
  });

  it('does not put an older version over a newer one', async () => {
    put(conversation('cnv_1', { version: 3 }));
    await store.load();
    put(conversation('cnv_1', { version: 2, unreadCount: 9 }));
    await store.load();
    expect(store.list()?.conversations).toMatchObject([{ version: 3, unreadCount: 1 }]);
  });
});

describe('a list', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => conversation(`cnv_${index}`, { lastActivityAt: second(index) }));

  it('keeps the order of the server: last activity first, then the id', async () => {
    put(conversation('cnv_a'), conversation('cnv_b'), conversation('cnv_c', { lastActivityAt: second(1) }));
    await store.load();
    expect(ids()).toEqual(['cnv_c', 'cnv_b', 'cnv_a']);
    const moved = conversation('cnv_a', { lastActivityAt: second(2), version: 2 });
    put(moved);
    await store.apply([told('message.created', moved)]);
    expect(ids()).toEqual(['cnv_a', 'cnv_c', 'cnv_b']);
  });

  it('shows what was loaded and no further, page by page', async () => {
    store = storeWith({ pageSize: 2 });
    put(...many(5));
    await store.load();
    expect([ids(), store.list()?.hasMore]).toEqual([['cnv_4', 'cnv_3'], true]);
    // It is held because it is open; the list does not know yet what lies between.
    await store.open('cnv_0');
    expect(ids()).toEqual(['cnv_4', 'cnv_3']);
    await store.loadMore();
    expect(ids()).toEqual(['cnv_4', 'cnv_3', 'cnv_2', 'cnv_1']);
    await store.loadMore();
    expect([ids(), store.list()?.hasMore]).toEqual([['cnv_4', 'cnv_3', 'cnv_2', 'cnv_1', 'cnv_0'], false]);
  });

  it('does not stand empty while there is more', async () => {
    store = storeWith({ pageSize: 2 });
    put(...many(4));
    await store.load(queued);
    const taken = ['cnv_3', 'cnv_2'].map((id) =>
      conversation(id, { ...closed, version: 2, lastActivityAt: second(9) }),
    );
    put(...taken);
    await store.apply(taken.map((one) => told('conversation.closed', one)));
    await until(() => ids(queued)?.length === 2);
    expect(ids(queued)).toEqual(['cnv_1', 'cnv_0']);
  });

  it('finds out when it is loaded again without having followed events', async () => {
    put(conversation('cnv_1'));
    await store.load(queued);
    put(conversation('cnv_1', { ...closed, version: 2 }));
    await store.load(queued);
    await until(() => ids(queued)?.length === 0);
  });

  it('stands under equal filters, however they are written', async () => {
    await store.load({ status: 'queued', teamId: 'tem_1' });
    expect(store.list({ teamId: 'tem_1', status: 'queued', unread: undefined })).toBeDefined();
    store.unload({ teamId: 'tem_1', status: 'queued' });
    expect(store.list({ status: 'queued', teamId: 'tem_1' })).toBeUndefined();
  });
});

describe('an open conversation', () => {
  const say = (from: number, to: number) => {
    for (let at = from; at <= to; at++) inbox.messages.set(`msg_${at}`, message(`msg_${at}`, 'cnv_1', at));
  };
  const shown = () => store.opened('cnv_1')?.messages.map(({ id }) => id);

  it('grows at both ends', async () => {
    store = storeWith({ messagePageSize: 2 });
    put(conversation('cnv_1'));
    say(1, 5);
    await store.open('cnv_1');
    expect([shown(), store.opened('cnv_1')?.hasOlder]).toEqual([['msg_4', 'msg_5'], true]);
    await store.loadOlder('cnv_1');
    say(6, 6);
    await store.apply([
      told('message.created', conversation('cnv_1', { version: 2 }), { entityId: 'msg_6', entityVersion: 1 }),
    ]);
    await store.loadOlder('cnv_1');
    expect([shown(), store.opened('cnv_1')?.hasOlder]).toEqual([
      ['msg_1', 'msg_2', 'msg_3', 'msg_4', 'msg_5', 'msg_6'],
      false,
    ]);
  });

  it('reads as far back as it takes to leave no gap', async () => {
    store = storeWith({ messagePageSize: 2 });
    put(conversation('cnv_1'));
    say(1, 500);
    await store.open('cnv_1');
    say(501, 900);
    await store.open('cnv_1');
    expect(shown()?.slice(0, 3)).toEqual(['msg_499', 'msg_500', 'msg_501']);
    expect([shown()?.length, store.opened('cnv_1')?.hasOlder]).toEqual([402, true]);
  });

  it('starts over where that would take too long, rather than showing a gap', async () => {
    store = storeWith({ messagePageSize: 2 });
    put(conversation('cnv_1'));
    say(1, 3);
    await store.open('cnv_1');
    say(4, 1_100);
    await store.open('cnv_1');
    expect([shown(), store.opened('cnv_1')?.hasOlder]).toEqual([['msg_1099', 'msg_1100'], true]);
  });

  it('rejects and keeps nothing when it is out of sight', async () => {
    await expect(store.open('cnv_9')).rejects.toMatchObject({ code: 'not_found' });
    expect(store.opened('cnv_9')).toBeUndefined();
  });

  it('goes away when it is left or leaves', async () => {
    put(conversation('cnv_1'), conversation('cnv_2'));
    await Promise.all([store.open('cnv_1'), store.open('cnv_2')]);
    store.leave('cnv_1');
    await store.apply([{ type: 'left', conversationId: 'cnv_2' }]);
    expect(store.getSnapshot().open.size).toBe(0);
  });
});

describe('after a resync', () => {
  it('believes the server and nothing that it held, and shows nothing half done', async () => {
    put(conversation('cnv_1', { version: 7 }), conversation('cnv_2'));
    await store.load();
    await store.open('cnv_1');
    inbox.conversations.delete('cnv_2');
    put(conversation('cnv_1', { version: 3, unreadCount: 5 }), conversation('cnv_3', { lastActivityAt: second(5) }));
    const seen: (string[] | undefined)[] = [];
    store.subscribe(() => void seen.push(ids()));
    server.next(problem(503, 'overloaded'));
    await store.apply([{ type: 'resync_required', cursor: 'head' }]);
    expect(ids()).toEqual(['cnv_3', 'cnv_1']);
    expect(store.opened('cnv_1')?.conversation).toMatchObject({ version: 3, unreadCount: 5 });
    expect(seen).toEqual([['cnv_3', 'cnv_1']]);
  });
});

describe('snapshots', () => {
  it('keep the identity of what did not change, and tell of changes only', async () => {
    put(conversation('cnv_1'), conversation('cnv_2', { status: 'assigned', handler: 'user' }));
    await store.load(queued);
    await store.load({ status: 'assigned' });
    await store.open('cnv_1');
    const before = store.getSnapshot();
    let calls = 0;
    const end = store.subscribe(() => calls++);
    await store.apply([
      { type: 'heartbeat', cursor: 'c' },
      told('message.created', conversation('cnv_1'), { entityId: 'msg_0', entityVersion: 0 }),
    ]);
    expect(store.getSnapshot()).toBe(before);
    expect(calls).toBe(0);
    const after = conversation('cnv_2', { status: 'assigned', handler: 'user', version: 2, unreadCount: 0 });
    put(after);
    await store.apply([told('conversation.read', after)]);
    expect(calls).toBe(1);
    expect(store.list(queued)).toBe(before.lists.get('[["status","queued"]]'));
    expect(store.opened('cnv_1')).toBe(before.open.get('cnv_1'));
    expect(store.list({ status: 'assigned' })?.conversations).toEqual([after]);
    end();
    store.put({ ...after, version: 3 });
    expect(calls).toBe(1);
  });

  it('show at once what an action answered, and never what is not held', async () => {
    put(conversation('cnv_1'));
    await store.load(queued);
    store.put(conversation('cnv_1', { ...closed, version: 2 }));
    store.put(conversation('cnv_2'));
    expect(ids(queued)).toEqual([]);
  });
});
