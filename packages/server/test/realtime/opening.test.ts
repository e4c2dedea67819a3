import { request } from 'node:http';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, customerWrites, deactivate, openStage, type Stage, until } from '../stage/index.js';
import { connect, open, ticketOf } from './reader.js';

let stage: Stage & { url: string };

beforeAll(async () => {
  const opened = await openStage(await openSqlite(), { allowedOrigins: ['https://desk.example.com'] });
  stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
});
afterAll(() => stage.close());

describe('a ticket', () => {
  it('opens one socket and no second, also when two try at once', async () => {
    const { url } = stage;
    const ticket = await ticketOf(stage, stage.admin);
    const attempts = await Promise.allSettled([open({ url, ticket }), open({ url, ticket }), open({ url, ticket })]);
    const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(opened).toHaveLength(1);
    await expect(open({ url, ticket })).rejects.toThrow('401');
    opened[0]?.close();
  });

  it('is refused when it is unknown, empty, old, or a user’s who is gone', async () => {
    const { url, tims } = stage;
    const old = await ticketOf(stage, stage.admin);
    await tims.installation.storage.writer('realtime_tickets').update({ expires_at: Date.now() });
    for (const ticket of [old, 'unknown', '']) await expect(open({ url, ticket })).rejects.toThrow('401');
    const gone = await addPerson(tims, 'agent', [tims.teamId]);
    const ticket = await ticketOf(stage, gone);
    await deactivate(tims, gone);
    await expect(open({ url, ticket })).rejects.toThrow('401');
    expect(await stage.call('POST', '/api/realtime/tickets', { as: gone })).toMatchObject({ status: 401 });
  });

  it('is nowhere in the database as it is', async () => {
    const ticket = await ticketOf(stage, stage.admin);
    const rows = await stage.tims.installation.storage.reader('realtime_tickets');
    expect([rows.length > 0, JSON.stringify(rows).includes(ticket)]).toEqual([true, false]);
  });

  it('is not spent by a request that is no socket, or comes from elsewhere', async () => {
    const { url } = stage;
    const ticket = await ticketOf(stage, stage.admin);
    const plain = await stage.call('GET', `/api/realtime?ticket=${ticket}`);
    expect(plain).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', errors: [{ path: '/headers/upgrade' }] },
    });
    await expect(open({ url, ticket, origin: 'https://evil.example' })).rejects.toThrow('403');
    (await open({ url, ticket })).close();
  });
});

describe('an origin', () => {
  it('may be the server’s own, one that is named, or none', async () => {
    for (const origin of [stage.url, 'https://desk.example.com', undefined]) {
      const ticket = await ticketOf(stage, stage.admin);
      const reader = await open({ url: stage.url, ticket, ...(origin ? { origin } : {}) });
      reader.close();
    }
  });

  it('is refused otherwise, also where it only looks like one of them', async () => {
    const { host } = new URL(stage.url);
    const strange = [
      'null',
      'https://desk.example.com.evil.example',
      'http://desk.example.com',
      `http://${host}.evil.example`,
      '',
    ];
    for (const origin of strange) {
      const ticket = await ticketOf(stage, stage.admin);
      const status = await upgrade(`/api/realtime?ticket=${ticket}`, { origin });
      expect(`${origin} ${status}`).toBe(`${origin} 403`);
    }
  });
});

describe('what is no message of the protocol', () => {
  it.each<[string, unknown]>([
    ['text', 'hello'],
    ['another type', { type: 'publish' }],
    ['a list', [{ type: 'subscribe' }]],
    ['null', null],
    ['a cursor that is no text', { type: 'subscribe', cursor: 5 }],
    ['a cursor that is too long', { type: 'subscribe', cursor: 'x'.repeat(201) }],
    ['bytes', Buffer.from('{"type":"subscribe"}')],
    ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['an empty text', ''],
  ])('%s closes the socket', async (_kind, message) => {
    const reader = await connect(stage, stage.admin);
    reader.send(message);
    const closed = await until(() => reader.closed);
    expect(closed.code).toBe(4000);
    expect(reader.items).toEqual([]);
  });

  it('a message that is too large closes it too, and the server goes on', async () => {
    const reader = await connect(stage, stage.admin);
    reader.send({ type: 'subscribe', cursor: 'x'.repeat(20_000) });
    const closed = await until(() => reader.closed);
    expect([1006, 1009]).toContain(closed.code);
    const next = await connect(stage, stage.admin);
    expect((await next.subscribe()).type).toBe('ready');
    next.close();
  });

  it('a frame that breaks the protocol itself closes it, and the server goes on', async () => {
    const reader = await connect(stage, stage.admin);
    // A reserved opcode, then text that is no UTF-8; `_socket` is the wire beneath.
    const { _socket: wire } = reader.socket as unknown as { _socket: { write(bytes: Buffer): void } };
    wire.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0]));
    await until(() => reader.closed);
    const other = await connect(stage, stage.admin);
    other.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await until(() => other.closed)).code).toBe(1007);
    expect((await stage.call('GET', '/readyz')).status).toBe(200);
  });
});

describe('a cursor', () => {
  it('that nobody gave asks for fresh snapshots', async () => {
    await customerWrites(stage.tims);
    const real = (await stage.call('GET', '/api/events?limit=1', { as: stage.admin })).body.nextCursor;
    const foreign = (await stage.call('GET', '/api/events', { as: stage.stranger })).body.nextCursor;
    const event = `evt_${'0'.repeat(26)}`;
    const forged = [
      'x',
      '',
      real.slice(0, -4),
      encoded(`1.${event}`),
      encoded(`999999.${event}`),
      encoded('-1.0'),
      encoded(`1e3.${event}`),
      foreign,
    ];
    for (const cursor of forged) {
      const reader = await connect(stage, stage.admin);
      expect(`${cursor} ${(await reader.subscribe(cursor)).type}`).toBe(`${cursor} resync_required`);
      expect(reader.events()).toEqual([]);
      const { asOf } = (await stage.call('GET', '/api/conversations', { as: stage.admin })).body;
      expect((await reader.subscribe(asOf)).type).toBe('ready');
      reader.close();
    }
  });

  it('from the beginning brings everything once and in order', async () => {
    const reader = await connect(stage, stage.admin);
    await reader.subscribe(encoded('0.0'));
    const { body } = await stage.call('GET', '/api/events', { as: stage.admin });
    expect(reader.events().map(({ id }) => id)).toEqual(body.data.map(({ id }: { id: string }) => id));
    reader.close();
  });
});

function encoded(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** The status that an upgrade is answered with. */
function upgrade(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(stage.url);
  const all = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: all });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('error', reject);
    sent.end();
  });
}
