import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../until.js';
import { cut, memory, openScene, refusal, type Scene, settle, statesOf } from './scene.js';

let scene: Scene;
beforeEach(() => {
  scene = openScene();
});
afterEach(() => scene.close());
const slowly = { retryBaseMs: 60_000, retryCeilingMs: 60_000 };

describe('a restart', () => {
  it('asks again for what was being sent, under its key, and goes on in order', async () => {
    const storage = memory();
    const before = scene.open({ storage });
    const one = before.send({ conversationId: 'cnv_1', text: 'one', replyTo: 'msg_0' });
    before.send({ conversationId: 'cnv_1', text: 'two' });
    before.close();

    const outbox = scene.open({ storage });
    expect(statesOf(outbox)).toEqual(['one sending', 'two queued']);
    const again = await scene.call(1);
    expect(again).toMatchObject({ key: one.key, text: 'one', replyTo: 'msg_0' });
    again.take('msg_1');
    (await scene.call(2)).take('msg_2');
    await until(() => outbox.getSnapshot().length === 0);
    expect(JSON.parse(storage.text ?? '').entries).toEqual([]);
  });

  it('does not give back what may have arrived before it', async () => {
    const storage = memory();
    const before = scene.open({ storage });
    const { key } = before.send({ conversationId: 'cnv_1', text: 'one' });
    before.close();
    const outbox = scene.open({ storage, ...slowly });
    (await scene.call(1)).fail(cut());
    await settle();
    expect(outbox.discard(key)).toBeUndefined();
    outbox.close();
    expect(scene.open({ storage }).discard(key)).toBeUndefined();
  });

  it('keeps what is refused, with the reason, and does not try it', async () => {
    const storage = memory();
    const before = scene.open({ storage });
    const { key } = before.send({ conversationId: 'cnv_1', text: 'one' });
    (await scene.call(0)).fail(refusal(409, 'window_closed'));
    await settle();
    before.close();
    const outbox = scene.open({ storage });
    expect(outbox.getSnapshot()).toMatchObject([{ key, state: 'refused', error: { code: 'window_closed' } }]);
    expect(scene.calls).toHaveLength(1);
    outbox.retry(key);
    expect((await scene.call(1)).key).not.toBe(key);
  });

  it('days later leaves to a person what may have been sent', () => {
    const kept = (text: string, state: string) => ({
      key: `key-${text}`,
      conversationId: `cnv_${text}`,
      text,
      createdAt: new Date(Date.now() - 3 * 24 * 3_600_000).toISOString(),
      state,
    });
    const entries = [kept('tried', 'sending'), kept('untried', 'queued')];
    const outbox = scene.open({ storage: memory(JSON.stringify({ v: 1, entries })) });
    expect(statesOf(outbox)).toEqual(['tried refused', 'untried sending']);
    expect(scene.calls.map(({ text }) => text)).toEqual(['untried']);
  });
});

it('two tabs that took on the same messages send each under one key', async () => {
  const storage = memory();
  const before = scene.open({ storage });
  for (const text of ['one', 'two']) before.send({ conversationId: 'cnv_1', text });
  before.close();
  const tabs = [scene.open({ storage }), scene.open({ storage })];
  for (let done = 1; tabs.some((tab) => tab.getSnapshot().length > 0); done++) {
    const call = await scene.call(done);
    // The server answers a key that it knows as it did before.
    call.take(`msg_${call.text}`);
    await settle();
  }
  const keys = new Map(scene.calls.map(({ key, text }) => [key, text]));
  expect([...keys.values()]).toEqual(['one', 'two']);
});

describe('a storage that cannot be trusted', () => {
  const good = {
    key: 'k1',
    conversationId: 'cnv_1',
    text: 'good',
    createdAt: new Date().toISOString(),
    state: 'queued',
  };

  it.each([
    null,
    '',
    'no JSON',
    '5',
    '[]',
    '{}',
    '{"v":2,"entries":[]}',
    '{"v":1,"entries":{}}',
    '{"v":1,"entries":[null,5,"x",[],{}]}',
    JSON.stringify({ v: 1, entries: [{ ...good, state: 'sent' }] }),
    JSON.stringify({ v: 1, entries: [{ ...good, text: null }] }),
    JSON.stringify({ v: 1, entries: [{ ...good, key: '' }] }),
    JSON.stringify({ v: 1, entries: [{ ...good, key: 'with\nbreak' }] }),
    JSON.stringify({ v: 1, entries: [{ ...good, key: 'ключ' }] }),
    JSON.stringify({ v: 1, entries: [{ ...good, key: 'k'.repeat(129) }] }),
  ])('%s holds nothing', (text) => {
    const outbox = scene.open({ storage: memory(text) });
    expect(outbox.getSnapshot()).toEqual([]);
    expect(scene.calls).toEqual([]);
  });

  it('gives what can be read, each once and in the right types', async () => {
    const odd = { ...good, key: 'k2', replyTo: {}, after: 5, error: 'x', messageId: 7, more: 1 };
    const outbox = scene.open({ storage: memory(JSON.stringify({ v: 1, entries: [good, 5, good, odd] })), ...slowly });
    expect(outbox.getSnapshot()).toHaveLength(2);
    expect(outbox.getSnapshot()[1]).toEqual({
      key: 'k2',
      conversationId: 'cnv_1',
      text: 'good',
      createdAt: good.createdAt,
      state: 'queued',
      error: { code: 'interrupted', message: expect.any(String) },
    });
    (await scene.call(0)).take('msg_1');
    expect((await scene.call(1)).replyTo).toBeUndefined();
  });

  it('may fail: what is written is sent all the same', async () => {
    const forbidden = () => {
      throw new Error('The quota has been exceeded.');
    };
    const outbox = scene.open({ storage: { load: forbidden, save: forbidden } });
    outbox.send({ conversationId: 'cnv_1', text: 'one' });
    outbox.send({ conversationId: 'cnv_1', text: 'two' });
    (await scene.call(0)).take('msg_1');
    (await scene.call(1)).take('msg_2');
    await until(() => outbox.getSnapshot().length === 0);
  });
});
