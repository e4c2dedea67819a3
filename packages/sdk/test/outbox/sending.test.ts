import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimsError } from '../../src/index.js';
import { message } from '../inbox.js';
import { until } from '../until.js';
import { cut, mine, openScene, refusal, type Scene, settle, statesOf } from './scene.js';

let scene: Scene;
beforeEach(() => {
  scene = openScene();
});
afterEach(() => {
  scene.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const to = (conversationId: string, text: string, replyTo?: string) => ({ conversationId, text, replyTo });

describe('order', () => {
  it('is kept in a conversation, one at a time, while others go on', async () => {
    const outbox = scene.open();
    for (const text of ['one', 'two', 'three']) outbox.send(to('cnv_1', text));
    outbox.send(to('cnv_2', 'other', 'msg_0'));
    expect(scene.calls.map(({ text }) => text)).toEqual(['one', 'other']);
    expect(scene.calls[1]?.replyTo).toBe('msg_0');
    (await scene.call(0)).take('msg_1');
    (await scene.call(2)).take('msg_2');
    (await scene.call(3)).take('msg_3');
    (await scene.call(1)).take('msg_4');
    await until(() => outbox.getSnapshot().length === 0);
    expect(scene.calls.map(({ text }) => text)).toEqual(['one', 'other', 'two', 'three']);
    expect(new Set(scene.calls.map(({ key }) => key)).size).toBe(4);
  });

  it('is kept when the first has to be tried again', async () => {
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    outbox.send(to('cnv_1', 'two'));
    (await scene.call(0)).fail(cut());
    await settle();
    expect(statesOf(outbox)).toEqual(['one queued', 'two queued']);
    const again = await scene.call(1);
    expect(again).toMatchObject({ text: 'one', key: scene.calls[0]?.key });
    again.take('msg_1');
    expect((await scene.call(2)).text).toBe('two');
  });

  it('is kept when somebody wakes it while that other try is under way', async () => {
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    outbox.send(to('cnv_1', 'two'));
    (await scene.call(0)).fail(cut());
    const again = await scene.call(1);
    outbox.wake();
    outbox.wake();
    await settle();
    expect(scene.calls).toHaveLength(2);
    again.take('msg_1');
    expect((await scene.call(2)).text).toBe('two');
  });

  it('goes on behind one that is refused', async () => {
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    outbox.send(to('cnv_1', 'two'));
    (await scene.call(0)).fail(refusal(409, 'window_closed'));
    expect((await scene.call(1)).text).toBe('two');
    expect(statesOf(outbox)).toEqual(['one refused', 'two sending']);
  });
});

describe('trying again', () => {
  it.each([
    ['no answer', cut()],
    ['an answer that is none', new TimsError('unexpected_answer', 'The answer is no JSON')],
    ['a failing server', refusal(500, 'internal_error')],
    ['a busy one', refusal(503, 'overloaded')],
    ['a session that is over', refusal(401, 'unauthorized')],
    ['the same request still under way', refusal(409, 'idempotency_in_progress')],
  ])('after %s, under the same key', async (_, error) => {
    const outbox = scene.open();
    const { key } = outbox.send(to('cnv_1', 'one'));
    (await scene.call(0)).fail(error);
    await settle();
    expect(outbox.getSnapshot()).toMatchObject([{ state: 'queued', error: { code: error.code } }]);
    expect((await scene.call(1)).key).toBe(key);
  });

  it('waits as long as the server asks, but at most an hour', async () => {
    vi.useFakeTimers();
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    scene.calls[0]?.fail(refusal(429, 'rate_limited', { 'retry-after': '7' }));
    await vi.advanceTimersByTimeAsync(6_900);
    expect(scene.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(scene.calls).toHaveLength(2);
    // More than a timer can hold.
    scene.calls[1]?.fail(refusal(429, 'rate_limited', { 'retry-after': '9999999' }));
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(scene.calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(scene.calls).toHaveLength(3);
  });

  it('happens at once when it is woken, as after signing in again', async () => {
    const outbox = scene.open({ retryBaseMs: 60_000, retryCeilingMs: 60_000 });
    outbox.send(to('cnv_1', 'one'));
    outbox.send(to('cnv_2', 'other'));
    (await scene.call(0)).fail(refusal(401, 'unauthorized'));
    (await scene.call(1)).fail(cut());
    await settle();
    outbox.wake();
    expect(scene.calls.map(({ text }) => text)).toEqual(['one', 'other', 'one', 'other']);
    scene.calls[2]?.take('msg_1');
    await settle();
    expect(statesOf(outbox)).toEqual(['other sending']);
  });

  it('ends when a day has passed: the server forgets the key, and would say it twice', async () => {
    vi.useFakeTimers();
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    outbox.send(to('cnv_1', 'two'));
    scene.calls[0]?.fail(cut());
    await vi.advanceTimersByTimeAsync(0);
    // The machine slept.
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    await vi.advanceTimersByTimeAsync(20);
    expect(outbox.getSnapshot()).toMatchObject([
      { state: 'refused', error: { code: 'too_old' } },
      { state: 'sending' },
    ]);
    // What was never tried cannot have arrived.
    expect(scene.calls.map(({ text }) => text)).toEqual(['one', 'two']);
  });
});

describe('refused', () => {
  it.each([
    refusal(409, 'conversation_taken'),
    refusal(403, 'forbidden'),
    refusal(404, 'not_found'),
    refusal(422, 'idempotency_key_reused'),
    refusal(400, 'validation_failed'),
  ])('$code: what was said, and nothing more is tried', async (error) => {
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    (await scene.call(0)).fail(error);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(scene.calls).toHaveLength(1);
    expect(outbox.getSnapshot()).toMatchObject([
      { state: 'refused', error: { code: error.code, message: error.code, help: 'Do it right.' } },
    ]);
  });

  it('can be sent as a new message, with a new key, behind what waits', async () => {
    const outbox = scene.open();
    const first = outbox.send(to('cnv_1', 'one', 'msg_0'));
    (await scene.call(0)).fail(refusal(409, 'window_closed'));
    await settle();
    outbox.send(to('cnv_1', 'two'));
    outbox.retry(first.key);
    outbox.retry(first.key);
    expect(statesOf(outbox)).toEqual(['two sending', 'one queued']);
    expect(outbox.getSnapshot()[1]?.error).toBeUndefined();
    (await scene.call(1)).take('msg_2');
    const again = await scene.call(2);
    expect(again).toMatchObject({ text: 'one', replyTo: 'msg_0' });
    expect(again.key).not.toBe(first.key);
  });

  it('a retry of what is not refused does nothing', async () => {
    const outbox = scene.open();
    const { key } = outbox.send(to('cnv_1', 'one'));
    outbox.retry(key);
    outbox.retry('nothing');
    expect(scene.calls).toHaveLength(1);
  });
  it('for somebody else\u2019s answer goes out when its writer says so', async () => {
    const outbox = scene.open();
    const { key } = outbox.send(to('cnv_1', 'one'));
    (await scene.call(0)).fail(refusal(409, 'conversation_answered'));
    await until(() => outbox.getSnapshot()[0]?.state === 'refused');
    expect(scene.calls[0]?.force).toBeUndefined();
    outbox.retry(key, { force: true });
    expect((await scene.call(1)).force).toBe(true);
  });
});

describe('discard', () => {
  it('gives back what was not tried, and what is refused', async () => {
    const outbox = scene.open();
    const [one, two] = [outbox.send(to('cnv_1', 'one')), outbox.send(to('cnv_1', 'two'))];
    expect(outbox.discard(two.key)).toMatchObject({ text: 'two' });
    expect(outbox.discard(two.key)).toBeUndefined();
    (await scene.call(0)).fail(refusal(403, 'forbidden'));
    await settle();
    expect(outbox.discard(one.key)).toMatchObject({ text: 'one' });
    expect(outbox.getSnapshot()).toEqual([]);
    expect(scene.calls).toHaveLength(1);
  });

  it('keeps what is on its way, or may have arrived', async () => {
    const outbox = scene.open({ retryBaseMs: 60_000, retryCeilingMs: 60_000 });
    const { key } = outbox.send(to('cnv_1', 'one'));
    expect(outbox.discard(key)).toBeUndefined();
    (await scene.call(0)).fail(cut());
    await settle();
    expect(outbox.discard(key)).toBeUndefined();
    outbox.wake();
    (await scene.call(1)).take('msg_1');
    await settle();
    expect(outbox.discard(key)).toBeUndefined();
  });
});

describe('what is sent', () => {
  it('is shown until the conversation shows it', async () => {
    scene.show(message('msg_1', 'cnv_1', 1));
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    (await scene.call(0)).take('msg_2');
    await settle();
    expect(outbox.getSnapshot()).toMatchObject([{ state: 'sent', messageId: 'msg_2' }]);
    scene.show(message('msg_2', 'cnv_1', 2, mine('one')));
    expect(outbox.getSnapshot()).toEqual([]);
  });

  it('keeps no error of an earlier try', async () => {
    scene.show(message('msg_1', 'cnv_1', 1));
    const outbox = scene.open();
    outbox.send(to('cnv_1', 'one'));
    (await scene.call(0)).fail(cut());
    (await scene.call(1)).take('msg_2');
    await settle();
    expect(outbox.getSnapshot()).toMatchObject([{ state: 'sent', error: undefined }]);
  });
});

it('gives the same snapshot until something changes, and tells when it does', async () => {
  const outbox = scene.open();
  const listener = vi.fn();
  const unsubscribe = outbox.subscribe(listener);
  const before = outbox.getSnapshot();
  expect(outbox.getSnapshot()).toBe(before);
  outbox.send(to('cnv_1', 'one'));
  expect(outbox.getSnapshot()).not.toBe(before);
  expect(listener).toHaveBeenCalled();
  unsubscribe();
  const told = listener.mock.calls.length;
  outbox.send(to('cnv_1', 'two'));
  expect(listener).toHaveBeenCalledTimes(told);
});

it('sends from a page without a secure origin, where there is no randomUUID', () => {
  const { getRandomValues } = crypto;
  vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
  const outbox = scene.open();
  expect(outbox.send(to('cnv_1', 'one')).key).toMatch(/^[0-9a-f]{32}$/);
});

it('does nothing more once it is closed', async () => {
  const outbox = scene.open();
  outbox.send(to('cnv_1', 'one'));
  outbox.send(to('cnv_1', 'two'));
  outbox.close();
  (await scene.call(0)).fail(cut());
  outbox.wake();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(scene.calls).toHaveLength(1);
});
