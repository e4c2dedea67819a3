import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError } from 'fastify';
import { controlApi } from './control-api.js';
import { createDeliverer } from './deliver.js';
import { graphApi, unknownPath } from './graph-api.js';
import { metaError } from './meta-error.js';
import { createTimers } from './timers.js';
import { createWorld } from './world.js';

export interface SimulatorOptions {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** Makes ids and chance repeatable; chance decides otherwise. */
  seed?: number;
  appSecret: string;
  verifyToken: string;
  accessToken: string;
  log?: { info(fields: object, message?: string): void };
  clock?: { now(): number };
}

export interface Simulator {
  /** Give it to the adapter as `graphUrl`, and to `simulatorClient`. */
  url: string;
  port: number;
  /** Drops what waits and what is under way. */
  close(): Promise<void>;
}

/**
 * Starts a simulated WhatsApp: the Graph API under `/v24.0/…`, and its own API under `/simulator/…`, which registers
 * numbers, lets customers write and breaks things on demand. Meant for loopback: the own API asks for no password.
 *
 * @example
 * const simulator = await startSimulator({ appSecret: 'secret', verifyToken: 'verify', accessToken: 'token' });
 * const whatsapp = simulatorClient(simulator.url);
 * await whatsapp.registerNumber({ phoneNumberId: '100200300', webhookUrl: 'http://127.0.0.1:3000/api/webhook/whatsapp' });
 * await whatsapp.write({ phoneNumberId: '100200300', from: { phone: '60123456789' }, text: 'Hello' });
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const now = options.clock ? options.clock.now.bind(options.clock) : Date.now;
  const world = createWorld({ seed: options.seed ?? Math.floor(Math.random() * 2 ** 32), now });
  const deliverer = createDeliverer(world);
  const timers = createTimers();
  const app = Fastify({
    logger: false,
    bodyLimit: 16 * 1024 * 1024,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  const tools = { world, deliverer, timers, ...options };
  await app.register(
    (scope, _, done) => {
      controlApi(scope, tools);
      done();
    },
    { prefix: '/simulator' },
  );
  graphApi(app, tools);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (request.url.startsWith('/simulator')) return reply.code(status).send({ error: error.message });
    const problem = metaError(status >= 500 ? 1 : 100, error.message);
    return reply.code(problem.status).send(problem.body);
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = unknownPath(request.url);
    return reply.code(problem.status).send(problem.body);
  });
  const host = options.host ?? '127.0.0.1';
  await app.listen({ port: options.port ?? 0, host });
  const { port } = app.server.address() as AddressInfo; // listens on TCP
  options.log?.info({ port }, 'WhatsApp simulator listens');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      timers.clear();
      await deliverer.close();
      await app.close();
    },
  };
}
