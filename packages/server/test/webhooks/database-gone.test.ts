import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import {
  forMariadb,
  newWamid,
  openSqlite,
  signWebhook,
  type TestDatabase,
  testAppSecret,
  textWebhook,
} from '@tims/testing';
import { describe, expect, it } from 'vitest';
import { type Answer, newPhone, openStage, type Stage, until } from '../stage/index.js';

describe('a full disk, on SQLite', () => {
  it('refuses webhooks with 503, still reads, and recovers by itself', async () => {
    const stage = await openStage(await openSqlite());
    const { writer } = stage.tims.installation.storage;
    await writer.raw('pragma max_page_count = 1');
    const refused = await until(async () => {
      const { answer } = await send(stage, 'x'.repeat(60_000));
      return answer.status === 200 ? undefined : answer;
    });
    expectUnavailable(refused);
    expect((await stage.call('GET', '/api/conversations', { as: stage.admin })).status).toBe(200);
    const lost = await send(stage, 'x'.repeat(60_000));
    expectUnavailable(lost.answer);
    expect(await count(stage, lost.id)).toBe(0);

    await writer.raw('pragma max_page_count = 1000000');
    const { answer, id } = await send(stage, 'Hello');
    expect([answer.status, await count(stage, id)]).toEqual([200, 1]);
    await stage.close();
  });
});

forMariadb('a database that is gone', (open) => {
  it('refuses everything that needs it with 503 and Retry-After, and recovers by itself', async () => {
    const database = await open();
    const line = await cuttable(database);
    const stage = await openStage({ ...database, storage: await database.plugin.open(line.url), close: line.close });
    expect((await send(stage)).answer.status).toBe(200);

    await line.cut();
    const missed = await send(stage);
    expectUnavailable(missed.answer);
    const { call, admin } = stage;
    for (const path of ['/readyz', '/api/conversations', '/api/me']) {
      expectUnavailable(await call('GET', path, { as: admin }));
    }
    expectUnavailable(await call('POST', '/api/auth/login', { body: { email: admin.email, password: 'x' } }));
    expect((await call('GET', '/healthz')).status).toBe(200);
    const { text } = await call('GET', '/metrics');
    expect(text).toMatch(/tims_webhook_seconds_count\{kind="whatsapp",outcome="database_unavailable"\} 1/);

    await line.mend();
    await until(async () => (await call('GET', '/readyz')).status === 200);
    // The provider comes again with what was refused.
    const again = await send(stage, 'Hello', missed.id);
    expect([again.answer.status, await count(stage, missed.id)]).toEqual([200, 1]);
    await stage.close();
    await database.close();
  });
});

function expectUnavailable({ status, body, headers, text }: Answer): void {
  expect(status, text).toBe(503);
  expect(body.code).toBe('database_unavailable');
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(text).not.toMatch(/ECONN|127\.0\.0\.1|SQLITE|insert|select/i);
}

async function send({ call, tims }: Stage, text = 'Hello', id = newWamid()): Promise<{ answer: Answer; id: string }> {
  const { body, headers } = signWebhook(
    textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), text, id }),
    testAppSecret,
  );
  return { answer: await call('POST', '/api/webhook/whatsapp', { body, headers }), id };
}

async function count({ tims }: Stage, id: string): Promise<number> {
  return (await tims.installation.storage.reader('messages').where('external_id', id)).length;
}

interface Line {
  url: string;
  /** Ends every connection and refuses new ones, as a server that is stopped does. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** A line to the database that can be cut without stopping the server, which other tests use. */
async function cuttable(database: TestDatabase): Promise<Line> {
  const target = new URL(database.url);
  const sockets = new Set<Socket>();
  const accept = (near: Socket) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        sockets.delete(socket);
      });
    }
    near.pipe(far).pipe(near);
  };
  let server = await listen(accept, 0);
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = new URL(database.url);
  url.port = String(port);
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const mend = async () => {
    server = await listen(accept, port);
  };
  return { url: url.href, cut, mend, close: cut };
}

function listen(accept: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(accept);
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
