import { forEachDatabase, startTestServer, type TestServer } from '@tims/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createOutbox, createStore, createTims, type Store, type Tims, timeline } from '../../src/index.js';
import { until } from '../until.js';
import { type LossyProxy, startLossyProxy } from './lossy-proxy.js';
import { memory } from './scene.js';

/** The promise: whatever is lost on the way, what was written once is said once, in order, and shown once. */
forEachDatabase('an outbox before a server', (open) => {
  let server: TestServer;
  let proxy: LossyProxy;
  let tims: Tims;
  let store: Store;
  let me: string;
  let conversationId: string;
  const quickly = { retryBaseMs: 10, retryCeilingMs: 40 };

  beforeEach(async () => {
    server = await startTestServer(await open());
    proxy = await startLossyProxy(server.url);
    const { phoneNumberId, admin } = server.tims;
    me = admin.id;
    await server.simulator.write({ phoneNumberId, from: { phone: '60123456701', name: 'Aisyah' }, text: 'Hello' });
    await server.simulator.idle();
    tims = createTims({ url: proxy.url, WebSocket });
    await tims.login({ email: server.adminEmail, password: server.password });
    conversationId = (await tims.conversations.list()).data[0]?.id ?? '';
    // What the socket tells goes past the proxy.
    store = createStore(createTims({ url: server.url, accessToken: await server.tokenOf(admin), WebSocket }));
    await store.open(conversationId);
    store.connect();
  });
  afterEach(async () => {
    store.close();
    await proxy.close();
    // Statuses that are still being posted would hold the closing up.
    await server.simulator.idle();
    await server.close();
  });

  const said = async () => {
    const { messages } = await tims.conversations.get({ id: conversationId });
    return messages.filter(({ direction }) => direction === 'outbound').map(({ content }) => textOf(content));
  };
  const reached = async () =>
    (await server.simulator.sends()).sends.map(({ body }) => Reflect.get(Object(body.text), 'body'));

  it('sends once and in order when answers are lost, and shows each once all the while', async () => {
    const outbox = createOutbox({ tims, store, ...quickly });
    const twice: string[] = [];
    const look = () => {
      const items = timeline(store.opened(conversationId)?.messages ?? [], outbox.getSnapshot(), conversationId, me);
      const texts = items.map((item) => (item.type === 'message' ? textOf(item.message.content) : item.outgoing.text));
      twice.push(...texts.filter((text, index) => texts.indexOf(text) !== index));
    };
    store.subscribe(look);
    outbox.subscribe(look);
    proxy.lose = 5;
    const texts = ['one', 'two', 'three', 'four'];
    for (const text of texts) outbox.send({ conversationId, text });
    await until(() => outbox.getSnapshot().length === 0);
    expect(await said()).toEqual(texts);
    await until(async () => (await reached()).length === texts.length);
    expect(await reached()).toEqual(texts);
    expect(twice).toEqual([]);
    outbox.close();
  });

  it('sends once what was under way when the program ended', async () => {
    const storage = memory();
    proxy.lose = 1;
    const before = createOutbox({ tims, store, storage, retryBaseMs: 60_000, retryCeilingMs: 60_000 });
    before.send({ conversationId, text: 'one' });
    before.send({ conversationId, text: 'two' });
    await until(() => before.getSnapshot()[0]?.error);
    before.close();
    const tabs = [
      createOutbox({ tims, store, storage, ...quickly }),
      createOutbox({ tims, store, storage, ...quickly }),
    ];
    await until(() => tabs.every((tab) => tab.getSnapshot().length === 0));
    expect(await said()).toEqual(['one', 'two']);
    for (const tab of tabs) tab.close();
  });

  it('waits for somebody to sign in again, and loses nothing', async () => {
    const outbox = createOutbox({ tims, store, retryBaseMs: 60_000, retryCeilingMs: 60_000 });
    await tims.logout();
    outbox.send({ conversationId, text: 'one' });
    outbox.send({ conversationId, text: 'two' });
    await until(() => outbox.getSnapshot()[0]?.error);
    expect(outbox.getSnapshot()).toMatchObject([{ state: 'queued', error: { code: 'unauthorized' } }, {}]);
    await tims.login({ email: server.adminEmail, password: server.password });
    outbox.wake();
    await until(() => outbox.getSnapshot().length === 0);
    expect(await said()).toEqual(['one', 'two']);
    outbox.close();
  });

  it('says why a message is refused, and sends it anew when that is mended', async () => {
    const outbox = createOutbox({ tims, store, ...quickly });
    await tims.conversations.close({ id: conversationId, reason: 'resolved' });
    const { key } = outbox.send({ conversationId, text: 'one' });
    await until(() => outbox.getSnapshot()[0]?.state === 'refused');
    expect(outbox.getSnapshot()).toMatchObject([{ error: { code: 'transition_refused', help: expect.any(String) } }]);
    await tims.conversations.reopen({ id: conversationId });
    outbox.retry(key);
    await until(() => outbox.getSnapshot().length === 0);
    expect(await said()).toEqual(['one']);
    outbox.close();
  });
});

function textOf(content: object): string {
  return String(Reflect.get(content, 'text'));
}
