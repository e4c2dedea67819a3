import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId, openInstallation } from '@tims/core';
import sqlite from '@tims/storage-sqlite';
import Fastify from 'fastify';
import { serveParent, setting } from '../server-process.js';
import { type FloorMessage, openFloor } from './floor-rows.js';
import { appSecret, path } from './webhooks.js';

/**
 * What the same rows cost at least: Fastify, the HMAC check, JSON.parse, prepared statements of better-sqlite3 on TIMS's
 * own schema, WAL, FULL, group commit. Frozen: it changes only when TIMS writes other rows.
 */
const { url, commitDelayMs } = setting<{ url: string; commitDelayMs: number }>();
const storage = await sqlite.open(url);
await openInstallation({ storage, secretKey: 'x'.repeat(32) });
await storage.close();
const floor = openFloor(url.slice('sqlite:'.length), commitDelayMs);

interface Waiting {
  message: FloorMessage;
  answer(): void;
}
let waiting: Waiting[] = [];

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post(path, async (request, reply) => {
  const body = request.body as Buffer; // the parser above
  const signature = Buffer.from(String(request.headers['x-hub-signature-256']));
  const wanted = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`);
  if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)) return reply.code(401).send({});
  const { value } = JSON.parse(body.toString()).entry[0].changes[0];
  const message: FloorMessage = {
    requestId: newId('inboundRequest'),
    body,
    externalId: value.messages[0].id,
    phone: `+${value.messages[0].from}`,
    name: value.contacts[0].profile.name,
    text: value.messages[0].text.body,
    sentAt: Number(value.messages[0].timestamp) * 1000,
  };
  await new Promise<void>((answer) => {
    waiting.push({ message, answer });
    if (waiting.length === 1) setImmediate(flush);
  });
  return { received: true };
});

function flush(): void {
  const batch = waiting;
  waiting = [];
  floor.write(batch.map(({ message }) => message));
  for (const { answer } of batch) answer();
}

await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
serveParent(typeof address === 'object' && address ? address.port : 0, {
  caughtUp: () => ({ withinMs: 0 }),
  rows: () => floor.count(),
  stop: () => app.close(),
});
