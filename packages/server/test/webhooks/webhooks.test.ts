import { createHmac } from 'node:crypto';
import { createChannel } from '@tims/core';
import {
  envelope,
  newWamid,
  openSqlite,
  type SignedWebhook,
  signWebhook,
  statusWebhook,
  testAppSecret,
  textWebhook,
  together,
} from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newChannel } from '../access/made.js';
import { type Answer, newPhone, openStage, type Person, type Stage } from '../stage/index.js';

let stage: Stage;
const shared = '/api/webhook/whatsapp';

beforeAll(async () => {
  stage = await openStage(await openSqlite());
});
afterAll(() => stage.close());

describe('a webhook whose signature is wrong', () => {
  it.each<[string, (good: SignedWebhook) => Partial<SignedWebhook>]>([
    ['none', () => ({ headers: {} })],
    ['empty', () => ({ headers: { 'x-hub-signature-256': '' } })],
    ['of another secret', ({ body }) => signWebhook(body.toString(), 'another secret')],
    ['of the empty secret', ({ body }) => signWebhook(body.toString(), '')],
    ['of another body', ({ body }) => ({ body: Buffer.concat([body, Buffer.from(' ')]) })],
    [
      'cut off',
      ({ headers }) => ({ headers: { 'x-hub-signature-256': headers['x-hub-signature-256']?.slice(0, -1) ?? '' } }),
    ],
    [
      'without its scheme',
      ({ headers }) => ({ headers: { 'x-hub-signature-256': headers['x-hub-signature-256']?.slice(7) ?? '' } }),
    ],
    [
      'SHA-1',
      ({ body }) => ({
        headers: { 'x-hub-signature': `sha1=${createHmac('sha1', testAppSecret).update(body).digest('hex')}` },
      }),
    ],
    ['not hexadecimal', () => ({ headers: { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` } })],
  ])('%s: 401, and nothing is stored', async (_kind, change) => {
    const good = signWebhook(textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: newPhone() }), testAppSecret);
    const before = await stored();
    const counted = await metric('signature_invalid');
    const { body, headers } = { ...good, ...change(good) };
    expect(await post(shared, { body, headers })).toMatchObject({ status: 401, body: { code: 'signature_invalid' } });
    expect(await stored()).toEqual(before);
    expect(await metric('signature_invalid')).toBe(counted + 1);
  });

  it('is refused before anybody looks at what is in it', async () => {
    for (const body of ['', '{', 'x'.repeat(100_000)]) {
      expect((await post(shared, { body: Buffer.from(body), headers: {} })).status).toBe(401);
    }
  });
});

describe('a webhook that is signed', () => {
  it('is taken in and counted', async () => {
    const counted = await metric('accepted');
    const id = newWamid();
    const answer = await post(
      shared,
      sign(textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: newPhone(), id })),
    );
    expect(answer).toMatchObject({ status: 200, body: { received: true } });
    expect(await reader()('messages').where('external_id', id)).toHaveLength(1);
    expect(await metric('accepted')).toBe(counted + 1);
  });

  it('may call its body anything', async () => {
    const types = [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'garbage',
      '',
      'application/json; charset=utf-16',
      ';;;',
    ];
    for (const type of types) {
      const { body, headers } = sign(textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: newPhone() }));
      const answer = await post(shared, { body, headers: { ...headers, 'content-type': type } });
      expect(`${type} ${answer.status}`).toBe(`${type} 200`);
    }
  });

  it('may be of 3 MB, and may not be of more than 4', async () => {
    const padded = (size: number) => {
      const webhook = { ...textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: newPhone() }), padding: '' };
      return sign({ ...webhook, padding: 'x'.repeat(size - JSON.stringify(webhook).length) });
    };
    expect((await post(shared, padded(3 * 1024 * 1024))).status).toBe(200);
    expect((await post(shared, padded(4 * 1024 * 1024))).status).toBe(200);
    const before = await stored();
    expect(await post(shared, padded(4 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await stored()).toEqual(before);
  });

  it('is nobody’s at a path that no plugin or channel has', async () => {
    const signed = sign(textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: newPhone() }));
    for (const path of [
      '/api/webhook/telegram',
      '/api/webhook/__proto__',
      `${shared}/chn_01hzy3v9k2e7q8m4n5p6r7s8t9`,
      `${shared}/x`,
    ]) {
      expect(await post(path, signed)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });
});

describe('what cannot be read', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{"object":', 'malformed_json'],
    ['nothing', '', 'malformed_json'],
    ['bytes that are no text', '\u00ff\u0000', 'malformed_json'],
    ['a list', [], 'unknown_shape'],
    ['null', 'null', 'unknown_shape'],
    ['another object', { object: 'page', entry: [] }, 'unknown_shape'],
    ['no entries', { object: 'whatsapp_business_account' }, 'unknown_shape'],
    ['nesting without end', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'unknown_shape'],
    ['a number that nobody has', textWebhook({ phoneNumberId: '404', from: '60123456789' }), 'unknown_address'],
  ])('%s gets 200 and is kept raw, listed, and counted', async (_kind, payload, reason) => {
    const counted = await metric('kept');
    const signed = sign(payload);
    expect((await post(shared, signed)).status).toBe(200);
    const [newest] = await failures();
    expect(newest).toMatchObject({
      kind: 'whatsapp',
      channelId: null,
      reason,
      size: signed.body.length,
      attempts: 1,
      replayedAt: null,
    });
    const row = await reader()('inbound_failures').where('id', newest.id).first();
    expect(signed.body.equals(row.body)).toBe(true);
    expect(await metric('kept')).toBe(counted + 1);
    const again = await replay(newest.id);
    expect(again).toMatchObject({ status: 409, body: { code: 'failure_not_replayable' } });
    expect(again.body.detail).toContain(reason);
    expect((await failures())[0]).toMatchObject({ id: newest.id, attempts: 2, replayedAt: null });
  });

  it('belongs to the installation’s operator: no other organization’s administrator sees or replays it', async () => {
    await post(shared, sign('{'));
    const [newest] = await failures();
    expect(await failures(stage.stranger)).toEqual([]);
    expect((await replay(newest.id, stage.stranger)).status).toBe(404);
  });
});

describe('a number that is connected later', () => {
  it('gets what came before, once, however often it is replayed', async () => {
    const { config, ...rest } = newChannel(stage.tims.teamId);
    const id = newWamid();
    const webhook = textWebhook({
      phoneNumberId: config.phoneNumberId,
      from: newPhone(),
      id,
      text: 'Was anybody there?',
    });
    await post(shared, sign(webhook));
    const [kept] = await failures();
    expect((await replay(kept.id)).status).toBe(409);
    const made = await stage.call('POST', '/api/channels', { as: stage.admin, body: { ...rest, config } });
    expect(made.status).toBe(201);
    for (let i = 0; i < 2; i++) {
      expect(await replay(kept.id)).toMatchObject({
        status: 200,
        body: { id: kept.id, replayedAt: expect.any(String) },
      });
    }
    expect(await reader()('messages').where('external_id', id)).toHaveLength(1);
    const { body } = await stage.call('GET', `/api/conversations?channelId=${made.body.id}`, { as: stage.admin });
    expect(body.data).toMatchObject([{ lastMessage: { preview: 'Was anybody there?' }, unreadCount: 1 }]);
  });
});

describe('a part that is itself at fault', () => {
  it('is put aside alone, and stays at fault when it is replayed', async () => {
    const { phoneNumberId } = stage.tims;
    const good = newWamid();
    const from = newPhone();
    // The group's id is longer than any that the database takes.
    const message = {
      from,
      id: newWamid(),
      timestamp: '1700000000',
      type: 'text',
      text: { body: 'x' },
      group_id: 'g'.repeat(300),
    };
    const bad = envelope(phoneNumberId, { contacts: [{ wa_id: from, profile: { name: 'X' } }], messages: [message] });
    const body = together(textWebhook({ phoneNumberId, from: newPhone(), id: good }), bad);
    expect((await post(shared, sign(body))).status).toBe(200);
    expect(await reader()('messages').where('external_id', good)).toHaveLength(1);
    const [kept, ...older] = await failures();
    expect(kept).toMatchObject({ reason: 'poison', channelId: null });
    expect(await replay(kept.id)).toMatchObject({ status: 409, body: { code: 'failure_not_replayable' } });
    expect((await failures()).length).toBe(older.length + 1);
    expect(await reader()('messages').where('external_id', good)).toHaveLength(1);
  });
});

describe('one secret, one channel', () => {
  const secret = 'the secret of one channel';

  async function connect(appSecret?: string, at = stage.tims) {
    const input = newChannel(at.teamId, { verifyToken: 'own token', ...(appSecret ? { appSecret } : {}) });
    const channel = await createChannel(at.installation, { ...at.admin, operator: true }, input);
    return { ...channel, phoneNumberId: input.config.phoneNumberId };
  }

  it('a channel’s own secret speaks for its number at its own path, and nowhere else', async () => {
    const channel = await connect(secret);
    const id = newWamid();
    const own = textWebhook({ phoneNumberId: channel.phoneNumberId, from: newPhone(), id });
    expect((await post(shared, signWebhook(own, secret))).status).toBe(401);
    expect((await post(channel.webhookPath, signWebhook(own, testAppSecret))).status).toBe(401);
    expect((await post(channel.webhookPath, signWebhook(own, secret))).status).toBe(200);
    expect(await reader()('messages').where('external_id', id)).toHaveLength(1);
  });

  it('what another’s secret signs about a number is kept and not taken in', async () => {
    const channel = await connect(secret, stage.other);
    const victim = stage.tims.phoneNumberId;
    const id = newWamid();
    const outsider = textWebhook({ phoneNumberId: victim, from: newPhone(), id });
    const status = statusWebhook({ phoneNumberId: victim, id: newWamid(), status: 'read', to: newPhone() });
    expect((await post(channel.webhookPath, signWebhook(together(outsider, status), secret))).status).toBe(200);
    expect(await reader()('messages').where('external_id', id)).toHaveLength(0);
    const [kept] = await failures(stage.stranger);
    expect(kept).toMatchObject({ reason: 'foreign_address', channelId: channel.id });
    expect((await failures()).map((failure: { id: string }) => failure.id)).not.toContain(kept.id);
    expect((await replay(kept.id, stage.stranger)).status).toBe(409);
    expect((await replay(kept.id)).status).toBe(404);
    expect(await reader()('messages').where('external_id', id)).toHaveLength(0);
  });

  it('the installation’s secret does not speak for a channel that has its own', async () => {
    const channel = await connect(secret);
    const id = newWamid();
    const webhook = textWebhook({ phoneNumberId: channel.phoneNumberId, from: newPhone(), id });
    expect((await post(shared, signWebhook(webhook, testAppSecret))).status).toBe(200);
    expect(await reader()('messages').where('external_id', id)).toHaveLength(0);
    expect((await failures())[0]).toMatchObject({ reason: 'foreign_address' });
  });
});

function sign(payload: unknown): SignedWebhook {
  return signWebhook(payload, testAppSecret);
}

function post(path: string, { body, headers }: SignedWebhook): Promise<Answer> {
  return stage.call('POST', path, { body, headers });
}

function reader() {
  return stage.tims.installation.storage.reader;
}

async function failures(as: Person = stage.admin) {
  return (await stage.call('GET', '/api/inbound-failures', { as })).body.data;
}

function replay(id: string, as: Person = stage.admin): Promise<Answer> {
  return stage.call('POST', `/api/inbound-failures/${id}/replay`, { as });
}

/** Everything that a webhook could leave behind. */
async function stored(): Promise<Record<string, number>> {
  const tables = ['inbound_requests', 'inbound_failures', 'messages', 'conversations', 'contacts', 'events'];
  const counts = await Promise.all(
    tables.map(async (table) => [table, (await reader()(table).count({ n: '*' }))[0]?.n] as const),
  );
  return Object.fromEntries(counts.map(([table, n]) => [table, Number(n)]));
}

async function metric(outcome: string): Promise<number> {
  const { text } = await stage.call('GET', '/metrics');
  return Number(
    new RegExp(`tims_webhook_seconds_count{kind="whatsapp",outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0,
  );
}
