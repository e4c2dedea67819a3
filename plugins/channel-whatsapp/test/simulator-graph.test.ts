import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import whatsapp from '../src/index.js';
import { openStage, phoneNumberId, type Stage, secrets } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const send = (text: string) =>
  whatsapp.send.text(
    { id: 'msg_1', to: [{ type: 'phone', value: '+12025550123' }], content: { type: 'text', v: 1, text } },
    stage.context(),
  );

describe('the Graph API', () => {
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${stage.simulator.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secrets.accessToken}`, 'content-type': 'application/json', ...init.headers },
    });
    return { status: response.status, body: (await response.json()) as { error?: { code: number } } };
  };
  const post = (body: unknown) =>
    call(`/v24.0/${phoneNumberId}/messages`, { method: 'POST', body: JSON.stringify(body) });
  const to = { messaging_product: 'whatsapp', to: '+12025550123' };

  test.each<[string, unknown, number]>([
    ['no product', { to: '+12025550123', type: 'text', text: { body: 'x' } }, 100],
    ['no recipient', { messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }, 100],
    ['a recipient that is no number', { ...to, to: 'dana', text: { body: 'x' } }, 131009],
    [
      'a recipient that is no user id',
      { messaging_product: 'whatsapp', recipient: 'dana', text: { body: 'x' } },
      131009,
    ],
    ['no text', { ...to, type: 'text', text: {} }, 131008],
    ['a long text', { ...to, type: 'text', text: { body: 'x'.repeat(4097) } }, 100],
    ['an unknown type', { ...to, type: 'hologram' }, 100],
    ['a broken quote', { ...to, text: { body: 'x' }, context: { message_id: 'nonsense' } }, 131009],
    ['itself', { ...to, to: '+12025550100', text: { body: 'x' } }, 131021],
    ['a template without a language', { ...to, type: 'template', template: { name: 'hello' } }, 131008],
  ])('refuses %s', async (_, body, code) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { error: { code, fbtrace_id: expect.any(String) } } });
  });

  test('accepts every type that Meta accepts', async () => {
    await stage.meta.configure({ closedWindow: 'off' });
    const contents = [
      { type: 'image', image: { id: '1' } },
      { type: 'document', document: { link: 'https://example.org/a.pdf', caption: 'a' } },
      { type: 'location', location: { latitude: 1, longitude: 2 } },
      { type: 'contacts', contacts: [{}] },
      { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } },
      { type: 'interactive', interactive: { type: 'button', action: {} } },
      { type: 'template', template: { name: 'hello', language: { code: 'en_US' } } },
    ];
    for (const content of contents) expect(await post({ ...to, ...content })).toMatchObject({ status: 200 });
    const { count } = await stage.meta.sends();
    expect(count).toBe(contents.length);
  });

  test('a reaction to a message that does not exist fails by webhook', async () => {
    await stage.meta.configure({ closedWindow: 'off' });
    await post({ ...to, type: 'reaction', reaction: { message_id: 'wamid.nowhere', emoji: '👍' } });
    await stage.meta.idle();
    const events = stage.receiver.received.flatMap((webhook) => webhook.events);
    expect(events).toMatchObject([{ update: { state: 'failed', error: { code: '131009' } } }]);
  });

  test('limits the sends of a number in a second', async () => {
    await stage.close();
    stage = await openStage({ now: () => Date.UTC(2026, 0, 1) });
    await stage.meta.configure({ closedWindow: 'off', throughputPerSecond: 3, statuses: false });
    const answers = await Promise.all(Array.from({ length: 5 }, () => post({ ...to, text: { body: 'x' } })));
    const codes = answers.map(({ status, body }) => body.error?.code ?? status).sort();
    expect(codes).toEqual([130429, 130429, 200, 200, 200]);
  });

  test('knows no other path, no broken JSON, no wrong token, no foreign number', async () => {
    expect(await call('/v24.0/100200300/media', { method: 'POST', body: '{}' })).toMatchObject({
      status: 400,
      body: { error: { code: 2500 } },
    });
    expect(await call('/health')).toMatchObject({ body: { error: { code: 2500 } } });
    const broken = { method: 'POST', body: '{"cut' };
    expect(await call(`/v24.0/${phoneNumberId}/messages`, broken)).toMatchObject({ body: { error: { code: 100 } } });
    const headers = { authorization: 'Bearer other' };
    expect(await call(`/v24.0/${phoneNumberId}`, { headers })).toMatchObject({
      status: 401,
      body: { error: { code: 190 } },
    });
    expect(await call('/v24.0/1')).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
  });

  test('lists what it accepted, from a place on', async () => {
    await stage.meta.configure({ closedWindow: 'off', statuses: false });
    for (const text of ['a', 'b', 'c']) await send(text);
    const { sends } = await stage.meta.sends({ after: 1 });
    expect(sends.map(({ seq, body }) => [seq, body.text])).toEqual([
      [2, { body: 'b' }],
      [3, { body: 'c' }],
    ]);
  });
});
