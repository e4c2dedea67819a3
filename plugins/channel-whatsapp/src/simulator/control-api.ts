import type { FastifyInstance } from 'fastify';
import { request } from 'undici';
import { digitsOf } from '../phone.js';
import {
  BatchBody,
  CustomerBody,
  FaultBody,
  MessagesBody,
  NumberBody,
  type QueuedAnswer,
  RawBody,
  RedeliverBody,
  type SendsAnswer,
  SettingsBody,
} from './control-schemas.js';
import type { Deliverer } from './deliver.js';
import { inboundWebhooks } from './inbound.js';
import { metaJson } from './payloads.js';
import type { Timers } from './timers.js';
import { forget, meetCustomer, type SimulatedNumber, type World } from './world.js';

interface Tools {
  world: World;
  deliverer: Deliverer;
  timers: Timers;
  appSecret: string;
  verifyToken: string;
}

/** The simulator's own API: whoever plays Meta and its customers drives them through it. */
export function controlApi(app: FastifyInstance, tools: Tools): void {
  const { world, deliverer } = tools;

  app.post<{ Body: NumberBody }>('/numbers', { schema: { body: NumberBody } }, async ({ body }) => {
    const number: SimulatedNumber = {
      ...body,
      displayPhoneNumber: body.displayPhoneNumber ?? `+1 555 010 ${body.phoneNumberId.slice(-4)}`,
      businessAccountId: body.businessAccountId ?? `9${body.phoneNumberId}`,
      verifiedName: body.verifiedName ?? 'Simulated business',
      appSecret: body.appSecret ?? tools.appSecret,
    };
    world.numbers.set(number.phoneNumberId, number);
    return { handshake: body.handshake ? await handshake(body.webhookUrl, tools.verifyToken) : null };
  });

  app.post<{ Body: CustomerBody }>('/customers', { schema: { body: CustomerBody } }, ({ body }) =>
    meetCustomer(world, body),
  );

  app.post<{ Body: MessagesBody }>('/messages', { schema: { body: MessagesBody } }, ({ body }, reply) => {
    const { count = 1, customers = 1, batch, duplicates, shuffle, delayMs, perSecond, ...message } = body;
    const messages = Array.from({ length: count }, (_, index) => ({
      ...message,
      from: customers === 1 ? message.from : nthCustomer(message.from, index % customers),
    }));
    return queueInbound({ messages, batch, duplicates, shuffle, delayMs, perSecond }, reply);
  });

  app.post<{ Body: BatchBody }>('/batches', { schema: { body: BatchBody } }, ({ body }, reply) =>
    queueInbound(body, reply),
  );

  function queueInbound(body: BatchBody, reply: { code(status: number): unknown }): QueuedAnswer | { error: string } {
    const strange = body.messages.find(({ phoneNumberId }) => !world.numbers.has(phoneNumberId));
    if (strange) {
      reply.code(404);
      return { error: `No number with the id ${strange.phoneNumberId}; register it with POST /simulator/numbers.` };
    }
    const { ids, webhooks } = inboundWebhooks(world, body);
    if (deliverer.queue(webhooks, body)) return { ids, posts: webhooks.length };
    reply.code(429);
    return { error: 'Too many webhooks wait already.' };
  }

  app.post<{ Body: RawBody }>('/raw', { schema: { body: RawBody } }, async ({ body }, reply) => {
    const number = body.phoneNumberId === undefined ? undefined : world.numbers.get(body.phoneNumberId);
    const url = body.webhookUrl ?? number?.webhookUrl;
    if (url === undefined) {
      reply.code(404);
      return { error: 'Name a registered phoneNumberId or a webhookUrl.' };
    }
    const bytes = Buffer.from(body.bodyText ?? metaJson(body.body ?? null));
    const secret = body.secret ?? number?.appSecret ?? tools.appSecret;
    return deliverer.once({ url, secret, body: bytes }, body.signature);
  });

  app.post<{ Body: RedeliverBody }>('/redeliver', { schema: { body: RedeliverBody } }, ({ body }) => ({
    posts: deliverer.again({ last: body.last ?? 1, times: body.times ?? 1, shuffle: body.shuffle ?? 0 }),
  }));

  app.post<{ Body: FaultBody }>('/faults', { schema: { body: FaultBody } }, ({ body }) => {
    world.faults.push({ ...body, next: body.next ?? 1 });
    return { faults: world.faults };
  });

  app.delete('/faults', () => {
    world.faults = [];
    return { faults: world.faults };
  });

  app.get('/settings', () => world.settings);
  app.patch<{ Body: SettingsBody }>('/settings', { schema: { body: SettingsBody } }, ({ body }) =>
    Object.assign(world.settings, body),
  );

  app.get<{ Querystring: { after?: string; limit?: string } }>('/sends', ({ query }): SendsAnswer => {
    const after = Number(query.after ?? 0);
    const sends = world.sends.filter((send) => send.seq > after).slice(0, Number(query.limit ?? 1000));
    return { count: world.sendCount, refused: world.refused, markedRead: world.markedRead.slice(-1000), sends };
  });

  app.get<{ Querystring: { limit?: string } }>('/webhooks', ({ query }) => {
    const report = deliverer.report(Number(query.limit ?? 100));
    return { ...report, pending: report.pending + tools.timers.waiting };
  });

  app.post('/reset', () => {
    deliverer.reset();
    tools.timers.clear();
    forget(world);
    return {};
  });
}

/** A row of customers that differ in their phone numbers. */
function nthCustomer(first: CustomerBody, index: number): CustomerBody {
  const phone = String(BigInt(digitsOf(first.phone) ?? '15550100000') + BigInt(index));
  return { ...first, phone, name: `${first.name ?? 'Customer'} ${index + 1}` };
}

/** The GET with which Meta asks whether an address is really ours. */
async function handshake(webhookUrl: string, verifyToken: string): Promise<{ status: number; ok: boolean }> {
  const challenge = String(1_000_000_000 + Math.floor(Math.random() * 999_999_999));
  const url = new URL(webhookUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const response = await request(url, { signal: AbortSignal.timeout(10_000) });
  const body = await response.body.text();
  return { status: response.statusCode, ok: response.statusCode === 200 && body === challenge };
}
