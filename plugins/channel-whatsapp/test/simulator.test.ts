import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import whatsapp from '../src/index.js';
import { simulatorClient } from '../src/simulator/index.js';
import { openStage, phoneNumberId, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const from = { phone: '12025550123', name: 'Dana 你好' };
const write = (text: string, rest = {}) => stage.meta.write({ phoneNumberId, from, text, ...rest });
const send = (text: string) =>
  whatsapp.send.text(
    { id: 'msg_1', to: [{ type: 'phone', value: '+12025550123' }], content: { type: 'text', v: 1, text } },
    stage.context(),
  );

function allEvents() {
  return stage.receiver.received.flatMap(({ events }) => events);
}

function states(): string[] {
  return allEvents().flatMap((event) =>
    event.kind === 'message_update' && event.update.type === 'status' ? [event.update.state] : [],
  );
}

function messageIds(): string[] {
  return allEvents().flatMap((event) => (event.kind === 'message' ? [event.externalId] : []));
}

describe('customers write', () => {
  test('a signed webhook arrives, escaped as Meta escapes', async () => {
    const { ids } = await write('Grüße / 你好');
    await stage.meta.idle();
    const [webhook] = stage.receiver.received;
    expect(webhook?.genuine).toBe(true);
    expect(webhook?.body.toString()).toContain('Gr\\u00fc\\u00dfe \\/ \\u4f60\\u597d');
    expect(webhook?.events).toMatchObject([
      {
        kind: 'message',
        externalId: ids[0],
        route: { address: phoneNumberId },
        person: { keys: [{ type: 'phone', value: '+12025550123' }], name: 'Dana 你好' },
        content: { text: 'Grüße / 你好' },
      },
    ]);
  });

  test('one who hides the number comes with a user id alone', async () => {
    await stage.meta.write({ phoneNumberId, from: { userId: 'MY.5', username: 'bee', hidesPhone: true }, text: 'Hi' });
    await stage.meta.idle();
    expect(allEvents()).toMatchObject([{ person: { keys: [{ type: 'user_id', value: 'MY.5' }], username: 'bee' } }]);
  });

  test('any raw message', async () => {
    await stage.meta.write({
      phoneNumberId,
      from,
      message: { type: 'location', location: { latitude: 1, longitude: 2 } },
    });
    await stage.meta.idle();
    expect(allEvents()).toMatchObject([{ content: { type: 'location', latitude: 1, longitude: 2 } }]);
  });

  test('many in batches, from several customers', async () => {
    const { ids, posts } = await write('x', { count: 25, batch: 10, customers: 5 });
    await stage.meta.idle();
    expect(posts).toBe(3);
    expect(stage.receiver.received).toHaveLength(3);
    expect(messageIds().sort()).toEqual([...ids].sort());
    const people = new Set(allEvents().map((event) => (event.kind === 'message' ? event.person.keys[0]?.value : '')));
    expect(people.size).toBe(5);
  });

  test('several numbers in one POST', async () => {
    await stage.meta.registerNumber({ phoneNumberId: '100200301', webhookUrl: stage.receiver.url });
    await stage.meta.writeBatch({
      batch: 2,
      messages: [
        { phoneNumberId, from, text: 'one' },
        { phoneNumberId: '100200301', from, text: 'two' },
      ],
    });
    await stage.meta.idle();
    expect(stage.receiver.received).toHaveLength(1);
    expect(allEvents().map((event) => event.route.address)).toEqual([phoneNumberId, '100200301']);
  });

  test('duplicates and redeliveries are the same bytes', async () => {
    await write('x', { duplicates: 2 });
    await stage.meta.idle();
    await stage.meta.redeliver({ last: 1, times: 2 });
    await stage.meta.idle();
    const bodies = new Set(stage.receiver.received.map(({ body }) => body.toString()));
    expect(stage.receiver.received).toHaveLength(5);
    expect(bodies.size).toBe(1);
  });

  test('out of order when asked for', async () => {
    await stage.meta.configure({ concurrency: 1 });
    const { ids } = await write('x', { count: 50, shuffle: 1 });
    await stage.meta.idle();
    expect(messageIds()).not.toEqual(ids);
    expect(messageIds().sort()).toEqual([...ids].sort());
  });

  test('in order over one connection otherwise', async () => {
    await stage.meta.configure({ concurrency: 1 });
    const { ids } = await write('x', { count: 50 });
    await stage.meta.idle();
    expect(messageIds()).toEqual(ids);
  });

  test('later and paced', async () => {
    await stage.meta.configure({ concurrency: 1 });
    const { ids } = await write('x', { count: 20, delayMs: 20, perSecond: 500 });
    await stage.meta.idle();
    expect(messageIds()).toEqual(ids);
  });

  test('to no number that nobody registered', async () => {
    await expect(stage.meta.write({ phoneNumberId: '1', from, text: 'x' })).rejects.toThrow('404');
  });
});

describe('webhooks', () => {
  test('come again until they are answered with 200', async () => {
    await stage.meta.configure({ retryDelaysMs: [5, 10, 20] });
    stage.receiver.answers.push(503, 500);
    await write('x');
    const report = await stage.meta.idle();
    expect(report).toMatchObject({ delivered: 1, failed: 2, abandoned: 0, byStatus: { 200: 1, 500: 1, 503: 1 } });
    expect(new Set(messageIds()).size).toBe(1);
  });

  test('are given up after the last retry', async () => {
    await stage.meta.configure({ retryDelaysMs: [5] });
    stage.receiver.answers.push(503, 503, 503);
    await write('x');
    expect(await stage.meta.idle()).toMatchObject({ delivered: 0, failed: 2, abandoned: 1 });
  });

  test('201 is no success', async () => {
    await stage.meta.configure({ retryDelaysMs: [] });
    stage.receiver.answers.push(201);
    await write('x');
    expect(await stage.meta.idle()).toMatchObject({ delivered: 0, abandoned: 1 });
  });

  test('are signed with another secret on demand', async () => {
    await stage.meta.fault({ kind: 'wrong_signature' });
    await write('forged');
    await stage.meta.idle();
    await write('genuine');
    await stage.meta.idle();
    expect(stage.receiver.received.map(({ genuine }) => genuine)).toEqual([false, true]);
  });

  test('raw: any body, signed, unsigned, or no JSON at all', async () => {
    stage.receiver.answers.push(401);
    expect(await stage.meta.raw({ phoneNumberId, body: { any: 'thing' } })).toMatchObject({ status: 401 });
    expect(await stage.meta.raw({ phoneNumberId, bodyText: '{"cut', signature: null })).toMatchObject({ status: 200 });
    expect(await stage.meta.raw({ webhookUrl: stage.receiver.url, body: 1, secret: 'x' })).toMatchObject({
      status: 200,
    });
    const seen = stage.receiver.received.map(({ body, genuine }) => [body.toString(), genuine]);
    expect(seen).toEqual([
      ['{"any":"thing"}', true],
      ['{"cut', false],
      ['1', false],
    ]);
  });

  test('the address is asked whether it is ours', async () => {
    const number = { phoneNumberId: '100200302', webhookUrl: stage.receiver.url, handshake: true };
    expect(await stage.meta.registerNumber(number)).toEqual({ handshake: { status: 200, ok: true } });
  });
});

describe('statuses', () => {
  test.each([
    ['reads', ['sent', 'delivered', 'read']],
    ['never_reads', ['sent', 'delivered']],
    ['only_reads', ['sent', 'read']],
    ['offline', ['sent']],
    ['blocked', ['failed']],
  ] as const)('of a customer who %s', async (behaviour, expected) => {
    await stage.meta.configure({ concurrency: 1 });
    await stage.meta.customer({ ...from, behaviour });
    await write('open the window');
    await send('Hello');
    await stage.meta.idle();
    expect(states()).toEqual(expected);
    const [, status] = allEvents();
    expect(status).toMatchObject({ kind: 'message_update', update: { type: 'status', reference: 'msg_1' } });
  });

  test('come in another order on demand, all of them', async () => {
    await stage.meta.configure({ concurrency: 1, shuffleStatuses: true, closedWindow: 'off' });
    for (let i = 0; i < 10; i++) await send(`Hello ${i}`);
    await stage.meta.idle();
    expect(states()).toHaveLength(30);
    const ordered = Array.from({ length: 10 }, () => ['sent', 'delivered', 'read']).flat();
    expect(states()).not.toEqual(ordered);
  });

  test('say afterwards that the window was closed', async () => {
    await send('too late');
    await stage.meta.idle();
    expect(allEvents()).toMatchObject([
      { update: { state: 'failed', reference: 'msg_1', error: { kind: 'window_closed', code: '131047' } } },
    ]);
  });

  test('fail on demand', async () => {
    await stage.meta.configure({ closedWindow: 'off' });
    await stage.meta.fault({ kind: 'fails_later', code: 131049 });
    await send('x');
    await stage.meta.idle();
    expect(allEvents()).toMatchObject([{ update: { state: 'failed', error: { kind: 'rejected', code: '131049' } } }]);
  });
});

test('the window follows the simulated clock', async () => {
  let now = Date.UTC(2026, 0, 1);
  const other = await openStage({ now: () => now });
  await other.meta.configure({ closedWindow: 'sync', statuses: false });
  await other.meta.write({ phoneNumberId, from, text: 'Hello' });
  const message = { id: 'msg_1', to: [{ type: 'phone', value: '+12025550123' }] };
  const content = { type: 'text', v: 1, text: 'x' } as const;
  now += 24 * 60 * 60 * 1000 - 1;
  await whatsapp.send.text({ ...message, content }, other.context());
  now += 1;
  await expect(whatsapp.send.text({ ...message, content }, other.context())).rejects.toMatchObject({
    kind: 'window_closed',
  });
  await other.close();
});

test('close ends what is under way', async () => {
  const other = await openStage();
  await other.meta.configure({ retryDelaysMs: [60_000] });
  other.receiver.answers.push(503);
  await other.meta.write({ phoneNumberId, from, text: 'x', count: 5, perSecond: 1 });
  await other.receiver.until(1);
  await other.close();
  await expect(simulatorClient(other.simulator.url).settings()).rejects.toThrow();
});
