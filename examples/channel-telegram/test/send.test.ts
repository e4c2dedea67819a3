import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OutgoingMessage, SendError } from '@tims/core/plugin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import telegram from '../src/index.js';
import { aisyah, botToken, openStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const message = (text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: 'msg_1',
  to: [{ type: 'user_id', value: String(aisyah.id) }],
  content: { type: 'text', v: 1, text },
  ...more,
});
const send = (given: OutgoingMessage, context = stage.context()) => telegram.send.text(given, context);
const sent = async () => (await stage.telegram.do('report', {})).sent;

async function failure(call: Promise<unknown>): Promise<SendError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SendError)) throw new Error(`No SendError, but ${error}`);
  expect(error.message + error.stack).not.toContain(botToken.split(':')[1]);
  return error;
}

describe('what goes out', () => {
  test('a text, whose external id is what Telegram quotes it by', async () => {
    const { externalId } = await send(message('Hello *you*'));
    expect(await sent()).toMatchObject([{ chat: aisyah.id, text: 'Hello *you*', replyTo: null }]);
    const [first] = await sent();
    expect(externalId).toBe(`${aisyah.id}:${first?.messageId}`);
    await send(message('And this', { replyTo: externalId }));
    expect(await sent()).toMatchObject([{}, { replyTo: first?.messageId }]);
  });

  test('an answer to what was deleted meanwhile', async () => {
    await send(message('Hello', { replyTo: `${aisyah.id}:9999` }));
    expect(await sent()).toMatchObject([{ replyTo: null }]);
  });
});

describe('what Telegram refuses', () => {
  test('by itself: a block, a stranger, nothing to say, too much, another token', async () => {
    await stage.telegram.do('block', { token: botToken, user: aisyah.id, blocked: true });
    expect(await failure(send(message('x')))).toMatchObject({ kind: 'recipient_blocked', code: '403' });
    const stranger = message('x', { to: [{ type: 'user_id', value: '404' }] });
    expect(await failure(send(stranger))).toMatchObject({ kind: 'recipient_blocked', code: '400' });
    expect(await failure(send(message('x', { to: [] })))).toMatchObject({ kind: 'rejected' });
    expect(await failure(send(message(' ')))).toMatchObject({ kind: 'rejected', code: '400' });
    expect(await failure(send(message('x'.repeat(4097))))).toMatchObject({ kind: 'rejected' });
    expect(await sent()).toEqual([]);
  });

  test.each([
    [400, 'Bad Request: message is too long', 'rejected'],
    [401, 'Unauthorized', 'credentials'],
    [403, 'Forbidden: user is deactivated', 'recipient_blocked'],
    [404, 'Not Found', 'credentials'],
    [409, 'Conflict', 'rejected'],
    [500, 'Internal Server Error', 'unknown'],
    [502, 'Bad Gateway', 'unknown'],
  ])('%i %s is %s', async (code, description, kind) => {
    await stage.telegram.do('fault', { kind: 'refuse', code, description });
    expect(await failure(send(message('x')))).toMatchObject({ kind, code: String(code), message: description });
  });

  test('too much at once, with the pause that it asks for', async () => {
    const description = 'Too Many Requests: retry after 7';
    await stage.telegram.do('fault', { kind: 'refuse', code: 429, description, retryAfter: 7 });
    expect(await failure(send(message('x')))).toMatchObject({ kind: 'rate_limited', retryAfterMs: 7_000 });
    await stage.telegram.do('fault', { kind: 'refuse', code: 429, description });
    expect(await failure(send(message('x')))).toMatchObject({ kind: 'rate_limited', retryAfterMs: 5_000 });
  });
});

describe('what happens between the machines', () => {
  test.each([200, 302, 403, 429, 502])('HTTP %i that is not of Telegram is unknown', async (code) => {
    await stage.telegram.do('fault', { kind: 'http', code });
    expect(await failure(send(message('x')))).toMatchObject({ kind: 'unknown', code: 'unreadable' });
  });

  test.each([
    ['hang', 0],
    ['drop_before', 0],
    ['drop_after', 1],
    ['unreadable', 1],
  ] as const)('%s is unknown: it looks the same whether %i was taken', async (kind, count) => {
    await stage.telegram.do('fault', { kind });
    expect(await failure(send(message('x'), stage.context(300)))).toMatchObject({ kind: 'unknown' });
    expect(await sent()).toHaveLength(count);
  });

  test.each(['http://api.telegram.invalid', 'http://127.0.0.1:99999'])('%s is to be tried again', async (apiUrl) => {
    const context = { ...stage.context(), installation: { apiUrl } };
    expect(await failure(send(message('x'), context))).toMatchObject({ kind: 'retry' });
  });

  test('nobody listening is to be tried again', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    await new Promise((resolve) => server.close(resolve));
    const context = { ...stage.context(), installation: { apiUrl: `http://127.0.0.1:${port}` } };
    expect(await failure(send(message('x'), context))).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' });
  });
});

describe('setup', () => {
  test("gives the bot's name", async () => {
    expect(await telegram.setup(stage.context())).toEqual({ name: 'Bright Tuition' });
  });

  test.each(['123456:another-token-of-the-bot', 'no token'])('refuses %s as credentials', async (token) => {
    const context = { ...stage.context(), config: { botToken: token } };
    expect((await failure(telegram.setup(context))).kind).toBe('credentials');
  });
});
