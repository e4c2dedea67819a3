import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTims, type RetryPolicy } from '../src/index.js';
import { problem, type Scripted, type ScriptedServer, startScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
const client = (retries: Partial<RetryPolicy> = {}) =>
  createTims({ url: server.url, accessToken: 'token', retries: { baseMs: 5, ...retries } });
const keys = () => server.received.map(({ headers }) => headers['idempotency-key']);

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

const passing: [string, Scripted][] = [
  ['a cut connection', 'cut'],
  ['an answer that breaks off', 'half'],
  ['429', problem(429, 'rate_limited')],
  ['502 of a proxy', { status: 502, body: 'Bad gateway' }],
  ['503', problem(503, 'overloaded')],
  ['504 of a proxy', { status: 504, body: 'Gateway timeout' }],
  ['a first request that still runs', problem(409, 'idempotency_in_progress')],
];

describe.each(passing)('after %s', (_name, failure) => {
  it('a POST comes again with the same idempotency key', async () => {
    server.next(failure, failure, { status: 201, body: { id: 'msg_1' } });
    await expect(client().messages.send({ conversationId: 'cnv_1', text: 'Hello' })).resolves.toEqual({ id: 'msg_1' });
    expect(server.received).toHaveLength(3);
    expect(keys()[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys()).size).toBe(1);
    expect(new Set(server.received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('a login comes no second time', async () => {
    server.next(failure);
    await expect(client().login({ email: 'a@example.com', password: 'x' })).rejects.toBeDefined();
    expect(server.received).toHaveLength(1);
    expect(keys()).toEqual([undefined]);
  });
});

it('a time-out is tried again too', async () => {
  server.next('silence', { body: { id: 'usr_1' } });
  await expect(client().me.get(undefined, { timeoutMs: 100 })).resolves.toEqual({ id: 'usr_1' });
});

it('what repetition does not mend is not repeated', async () => {
  for (const [status, code] of [
    [400, 'validation_failed'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [500, 'internal_error'],
  ] as const) {
    server.next(problem(status, code));
    await expect(client().conversations.take({ id: 'cnv_1' })).rejects.toMatchObject({ code });
  }
  expect(server.received).toHaveLength(4);
});

it('gives up after the tries that were allowed, with the last failure', async () => {
  server.otherwise = () => problem(503, 'overloaded');
  await expect(client({ count: 2 }).me.get()).rejects.toMatchObject({ code: 'overloaded' });
  expect(server.received).toHaveLength(3);
});

it('does not wait longer than the whole may take, however long the server asks for', async () => {
  server.next(problem(503, 'shutting_down', {}, { 'retry-after': '3600' }));
  await expect(client({ totalMs: 60_000 }).me.get()).rejects.toMatchObject({
    code: 'shutting_down',
    retryAfterMs: 3_600_000,
  });
  const tomorrow = new Date(Date.now() + 86_400_000).toUTCString();
  server.next(problem(429, 'rate_limited', {}, { 'retry-after': tomorrow }));
  await expect(client({ totalMs: 60_000 }).me.get()).rejects.toMatchObject({ code: 'rate_limited' });
  expect(server.received).toHaveLength(2);
});

it('each call has a key of its own, unless one is given; a read has none', async () => {
  const tims = client();
  await tims.conversations.take({ id: 'cnv_1' });
  await tims.conversations.take({ id: 'cnv_1' });
  await tims.conversations.take({ id: 'cnv_1' }, { idempotencyKey: 'mine' });
  await tims.me.get();
  const [first, second, third, read] = keys();
  expect(first).not.toBe(second);
  expect([third, read]).toEqual(['mine', undefined]);
});
