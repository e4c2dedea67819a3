import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import telegram from '../src/index.js';
import { aisyah, botToken, openStage, type Stage, secretToken } from './stage.js';

/** A webhook that answers with the next of these, then with 200. */
const answers: number[] = [];
const received: { genuine: boolean; update: { update_id: number } }[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const header = request.headers['x-telegram-bot-api-secret-token'];
    const headers = { 'x-telegram-bot-api-secret-token': Array.isArray(header) ? header[0] : header };
    received.push({ genuine: telegram.verify({ headers, body }, secretToken), update: JSON.parse(body.toString()) });
    response.writeHead(answers.shift() ?? 200).end();
  });
});

let stage: Stage;
let url: string;
beforeEach(async () => {
  received.length = 0;
  stage = await openStage();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`; // it listens on TCP
});
afterEach(async () => {
  await stage.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ids = () => received.map(({ update }) => update.update_id);

test('updates wait for a webhook, come signed and in order, and again after a failure', async () => {
  const { telegram: play } = stage;
  await play.do('write', { token: botToken, from: aisyah, text: 'Hello' });
  expect(await play.call(botToken, 'getWebhookInfo')).toMatchObject({ result: { url: '', pending_update_count: 2 } });
  answers.push(500, 503);
  await play.call(botToken, 'setWebhook', { url, secret_token: secretToken });
  await play.idle();
  expect(received.every(({ genuine }) => genuine)).toBe(true);
  const [first = 0] = ids();
  expect(ids()).toEqual([first, first, first, first + 1]);
  expect(await play.call(botToken, 'getWebhookInfo')).toMatchObject({
    result: { url, pending_update_count: 0, last_error_message: expect.stringContaining('503') },
  });
});

test('people react, which comes only when asked for; they edit, repeat and overtake', async () => {
  const { telegram: play } = stage;
  await play.call(botToken, 'setWebhook', { url, secret_token: secretToken });
  await play.do('react', { token: botToken, user: aisyah.id, messageId: 1, emoji: ['👍'] });
  await play.do('edit', { token: botToken, user: aisyah.id, messageId: 1, text: 'Hi' });
  await play.idle();
  expect(received.map(({ update }) => Object.keys(update)[1])).toEqual(['message', 'edited_message']);

  received.length = 0;
  await play.call(botToken, 'setWebhook', { url, allowed_updates: ['message', 'message_reaction'] });
  await play.do('react', { token: botToken, user: aisyah.id, messageId: 1, emoji: [] });
  const write = (text: string) => ({ token: botToken, from: aisyah, text });
  await play.do('writeAll', { messages: [write('one'), write('two')], reverse: true, copies: 1 });
  await play.idle();
  expect(received[0]).toMatchObject({ genuine: false, update: { message_reaction: { new_reaction: [] } } });
  const [, second = 0, , first = 0] = ids();
  expect(second).toBe(first + 1);
  expect(ids()).toEqual([first - 1, second, second, first, first]);
});

test('the Bot API answers as Telegram does', async () => {
  const { telegram: play } = stage;
  expect(await play.call(botToken, 'getMe')).toMatchObject({ ok: true, result: { id: 123456, is_bot: true } });
  await expect(play.call(botToken, 'sendHologram')).rejects.toThrow('404');
  await expect(play.call('123456:other-token', 'getMe')).rejects.toThrow('401');
  await expect(play.call('other', 'getMe')).rejects.toThrow('404');
  await play.call(botToken, 'setWebhook', { url });
  await play.call(botToken, 'deleteWebhook');
  expect(await play.call(botToken, 'getWebhookInfo')).toMatchObject({ result: { url: '' } });
});
