import { setTimeout as sleep } from 'node:timers/promises';
import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  createChannel,
  createIngest,
  createOrganization,
  type Installation,
  login,
  openInstallation,
  startWorkers,
} from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import { build } from '@tims/server';
import type { Knex } from 'knex';
import { serveParent, setting } from '../server-process.js';
import { appSecret, phoneNumberId } from './webhooks.js';

/** TIMS as it runs: every consumer on, no log of requests. */
const { url, commitDelayMs } = setting<{ url: string; commitDelayMs: number }>();
const { default: plugin } = url.startsWith('sqlite:')
  ? await import('@tims/storage-sqlite')
  : await import('@tims/storage-mysql');
const storage = delayed(await plugin.open(url), commitDelayMs);
const installation = await openInstallation({
  storage,
  secretKey: 'the secret key of the benchmark, long enough',
  channelPlugins: [whatsapp],
  pluginSettings: { whatsapp: { appSecret } },
});
const organization = await connect(installation);
const ingest = createIngest(installation);
const workers = startWorkers(installation);
const app = await build({ installation, ingest });
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();

serveParent(typeof address === 'object' && address ? address.port : 0, {
  caughtUp: async () => ({ withinMs: await untilCaughtUp() }),
  rows: () => count(),
  stop: async () => {
    await app.close();
    await workers.stop();
    await installation.close();
  },
});

/** Makes every commit take longer, as on a slower disk or a database across a network. */
function delayed(inner: Storage, ms: number): Storage {
  if (ms === 0) return inner;
  const { writer } = inner;
  const slow = new Proxy(writer, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
  const transaction = <T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> =>
    writer.transaction(async (trx) => {
      const result = await work(trx);
      await sleep(ms);
      return result;
    });
  return { ...inner, writer: slow };
}

async function connect(on: Installation): Promise<string> {
  const admin = { email: 'admin@example.com', name: 'Admin', password: 'correct horse battery' };
  const { organizationId, teamId } = await createOrganization(on, { name: 'Bench', admin });
  const session = await login(on, admin);
  const actor = await authenticate(on, session.accessToken);
  if (!actor) throw new Error('The administrator cannot log in');
  await createChannel(on, actor, {
    kind: 'whatsapp',
    name: 'Bench',
    defaultTeamId: teamId,
    config: { phoneNumberId, accessToken: 'token' },
    verify: false,
  });
  return organizationId;
}

/** Milliseconds until every consumer stands at the head of the log; -1 when it takes longer than ten seconds. */
async function untilCaughtUp(): Promise<number> {
  const started = Date.now();
  while (Date.now() - started < 10_000) {
    const head = await storage.reader('organization_heads').where('organization_id', organization).first('sequence');
    const cursors: { sequence: number }[] = await storage.reader('consumers').where('organization_id', organization);
    if (cursors.length > 0 && cursors.every((cursor) => Number(cursor.sequence) === Number(head.sequence))) {
      return Date.now() - started;
    }
    await sleep(10);
  }
  return -1;
}

async function count(): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const table of ['messages', 'conversations', 'contacts', 'events', 'inbound_requests']) {
    const [row] = await storage.reader(table).count({ count: '*' });
    rows[table] = Number(row?.count);
  }
  return rows;
}
