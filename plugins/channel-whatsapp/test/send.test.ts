import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OutgoingMessage, type PersonKey, type SendContext, SendError } from '@tims/core/plugin';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import whatsapp from '../src/index.js';
import { openStage, phoneNumberId, type Stage, secrets } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.meta.configure({ closedWindow: 'off', pairBurst: 45, throughputPerSecond: 0, statuses: false });
});
afterEach(() => stage.meta.reset());

const phone = (value = '+12025550123'): PersonKey[] => [{ type: 'phone', value }];

function message(text: string, rest: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { id: 'msg_1', to: phone(), content: { type: 'text', v: 1, text }, ...rest };
}

async function failure(work: Promise<unknown>): Promise<SendError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SendError);
  return error as SendError; // checked in the line before
}

async function sentBody(): Promise<Record<string, unknown> | undefined> {
  const { sends } = await stage.meta.sends();
  return sends.at(-1)?.body;
}

describe('what is sent', () => {
  test('a text with our id as callback data', async () => {
    const result = await whatsapp.send.text(message('Hello'), stage.context());
    expect(result.externalId).toMatch(/^wamid\./);
    expect(await sentBody()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+12025550123',
      type: 'text',
      text: { body: 'Hello' },
      biz_opaque_callback_data: 'msg_1',
    });
  });

  test('a reply to a message, with a preview of its link', async () => {
    const replyTo = 'wamid.quoted';
    await whatsapp.send.text(message('See https://example.org/x', { replyTo }), stage.context());
    expect(await sentBody()).toMatchObject({
      context: { message_id: replyTo },
      text: { body: 'See https://example.org/x', preview_url: true },
    });
  });

  test('to the form of the number that WhatsApp gave', async () => {
    const to = [...phone('+5511998765432'), { type: 'wa_id', value: '551198765432' }];
    await whatsapp.send.text(message('Oi', { to }), stage.context());
    expect(await sentBody()).toMatchObject({ to: '+551198765432' });
  });

  test('to a user id where there is no number', async () => {
    await whatsapp.send.text(message('Hi', { to: [{ type: 'user_id', value: 'MY.1' }] }), stage.context());
    const body = await sentBody();
    expect(body).toMatchObject({ recipient: 'MY.1' });
    expect(body).not.toHaveProperty('to');
  });

  test("keys that WhatsApp tells about the recipient come back, known ones don't", async () => {
    await stage.meta.customer({ phone: '5511998765432', waId: '551198765432', userId: 'BR.5' });
    const result = await whatsapp.send.text(message('Oi', { to: phone('+5511998765432') }), stage.context());
    expect(result.keys).toEqual([
      { type: 'user_id', value: 'BR.5' },
      { type: 'wa_id', value: '551198765432' },
    ]);
  });

  test('a read mark', async () => {
    await whatsapp.markRead('wamid.theirs', stage.context());
    expect((await stage.meta.sends()).markedRead).toEqual(['wamid.theirs']);
  });
});

describe('what Meta refuses', () => {
  test.each([
    [190, 'credentials'],
    [131047, 'window_closed'],
    [131026, 'recipient_blocked'],
    [100, 'rejected'],
    [987654, 'rejected'],
    [131000, 'retry'],
    [131016, 'retry'],
    [2, 'retry'],
    [130429, 'rate_limited'],
    [131056, 'rate_limited'],
  ])('code %i is %s', async (code, kind) => {
    await stage.meta.fault({ kind: 'meta_error', code });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({
      kind,
      code: String(code),
    });
    expect((await stage.meta.sends()).count).toBe(0);
  });

  test('by itself: a wrong token, an empty text, an impossible number, a stranger as number', async () => {
    const context = stage.context();
    const wrong: SendContext = { ...context, config: { ...context.config, accessToken: 'EAAwrong' } };
    expect(await failure(whatsapp.send.text(message('x'), wrong))).toMatchObject({ kind: 'credentials', code: '190' });
    expect(await failure(whatsapp.send.text(message(''), context))).toMatchObject({ kind: 'rejected', code: '131008' });
    const short = whatsapp.send.text(message('x', { to: phone('+12345') }), context);
    expect(await failure(short)).toMatchObject({ kind: 'rejected', code: '131009' });
    const elsewhere: SendContext = { ...context, config: { ...context.config, phoneNumberId: '999' } };
    expect(await failure(whatsapp.send.text(message('x'), elsewhere))).toMatchObject({ kind: 'rejected', code: '100' });
  });

  test('the window, at once', async () => {
    await stage.meta.configure({ closedWindow: 'sync' });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ kind: 'window_closed' });
  });

  test('more than the pair rate: at least six seconds of rest', async () => {
    await stage.meta.configure({ pairBurst: 1 });
    await whatsapp.send.text(message('x'), stage.context());
    const error = await failure(whatsapp.send.text(message('y'), stage.context()));
    expect(error).toMatchObject({ kind: 'rate_limited', code: '131056' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(6000);
  });

  test('with Retry-After, when that is longer than its table says', async () => {
    await stage.meta.fault({ kind: 'meta_error', code: 130429, retryAfterSeconds: 77 });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ retryAfterMs: 77_000 });
    await stage.meta.fault({ kind: 'meta_error', code: 131056, retryAfterSeconds: 1 });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ retryAfterMs: 6000 });
  });
});

describe('what happens between the machines', () => {
  test.each([
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
    [408, 'unknown'],
    [429, 'rate_limited'],
    [401, 'credentials'],
    [403, 'credentials'],
    [404, 'rejected'],
    [302, 'rejected'],
  ])("HTTP %i that is not Meta's is %s", async (status, kind) => {
    await stage.meta.fault({ kind: 'http', status });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ kind });
  });

  test('no answer in time is unknown', async () => {
    await stage.meta.fault({ kind: 'hang' });
    expect(await failure(whatsapp.send.text(message('x'), stage.context(200)))).toMatchObject({
      kind: 'unknown',
      code: 'timeout',
    });
  });

  test('a late answer is an answer', async () => {
    await stage.meta.fault({ kind: 'late', delayMs: 100 });
    expect((await whatsapp.send.text(message('x'), stage.context())).externalId).toMatch(/^wamid\./);
  });

  test.each([['drop_before', 0] as const, ['drop_after', 1] as const])(
    'a connection cut by %s is unknown: it looks the same whether %i was accepted',
    async (kind, accepted) => {
      await stage.meta.fault({ kind });
      expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ kind: 'unknown' });
      expect((await stage.meta.sends()).count).toBe(accepted);
    },
  );

  test('a success that cannot be read is unknown', async () => {
    await stage.meta.fault({ kind: 'unreadable' });
    expect(await failure(whatsapp.send.text(message('x'), stage.context()))).toMatchObject({ kind: 'unknown' });
    expect((await stage.meta.sends()).count).toBe(1);
  });

  test('nobody listening is to be tried again', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // listens on TCP
    await new Promise((resolve) => server.close(resolve));
    const context = { ...stage.context(), installation: { graphUrl: `http://127.0.0.1:${port}` } };
    expect(await failure(whatsapp.send.text(message('x'), context))).toMatchObject({
      kind: 'retry',
      code: 'ECONNREFUSED',
    });
  });

  test('a name that does not exist is to be tried again', async () => {
    const context = { ...stage.context(), installation: { graphUrl: 'http://graph.invalid' } };
    expect(await failure(whatsapp.send.text(message('x'), context))).toMatchObject({ kind: 'retry' });
  });

  test('a deadline that is over before the call sends nothing', async () => {
    const context = { ...stage.context(), signal: AbortSignal.abort() };
    expect(await failure(whatsapp.send.text(message('x'), context))).toMatchObject({ kind: 'retry' });
    expect((await stage.meta.sends()).count).toBe(0);
  });
});

describe('what is wrong on our side', () => {
  test('no address, another type, no number', async () => {
    const context = stage.context();
    expect(await failure(whatsapp.send.text(message('x', { to: [] }), context))).toMatchObject({ kind: 'rejected' });
    const location = message('', { content: { type: 'location', v: 1, latitude: 0, longitude: 0 } });
    expect(await failure(whatsapp.send.text(location, context))).toMatchObject({ kind: 'rejected' });
    const nowhere = { ...context, config: { accessToken: 'x' } };
    expect(await failure(whatsapp.send.text(message('x'), nowhere))).toMatchObject({ kind: 'credentials' });
    const strange = { ...context, installation: { graphUrl: 'not an address' } };
    expect(await failure(whatsapp.send.text(message('x'), strange))).toMatchObject({ kind: 'credentials' });
  });

  test('an access token with a line break is no header, and is not repeated', async () => {
    const accessToken = 'EAAsecret\nmore';
    const error = await failure(
      whatsapp.send.text(message('x'), { ...stage.context(), config: { phoneNumberId, accessToken } }),
    );
    expect(error).toMatchObject({ kind: 'credentials', code: 'access_token' });
    expect(String(error.stack) + String(error.cause)).not.toContain('EAAsecret');
  });
});

describe('setup', () => {
  test('gives the name that Meta verified', async () => {
    expect(await whatsapp.setup(stage.context())).toEqual({ name: 'Simulated business' });
  });

  test.each([{ accessToken: 'wrong' }, { phoneNumberId: '31337' }])('refuses %j as credentials', async (change) => {
    const context = stage.context();
    const error = await failure(whatsapp.setup({ ...context, config: { ...context.config, ...change } }));
    expect(error.kind).toBe('credentials');
    expect(error.message).not.toContain(secrets.accessToken);
  });
});
