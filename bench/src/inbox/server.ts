import { createIngest, login, startWorkers } from '@tims/core';
import { build } from '@tims/server';
import { openBench, password } from '../seeded/organization.js';
import { serveParent, setting } from '../server-process.js';

/** TIMS on a database that is filled. */
const { url, emails } = setting<{ url: string; emails: string[] }>();
const { default: storage } = url.startsWith('sqlite:')
  ? await import('@tims/storage-sqlite')
  : await import('@tims/storage-mysql');
const installation = await openBench(await storage.open(url));
const ingest = createIngest(installation);
const workers = startWorkers(installation);
const app = await build({ installation, ingest, rateLimits: { perMinute: 10_000_000, loginPerMinute: 10_000 } });
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();

serveParent(typeof address === 'object' && address ? address.port : 0, {
  tokens: async () => {
    const tokens: Record<string, string> = {};
    for (const email of emails) tokens[email] = (await login(installation, { email, password })).accessToken;
    return { tokens };
  },
  stop: async () => {
    await app.close();
    await workers.stop();
    await installation.accessLog.flush();
    await installation.close();
  },
});
