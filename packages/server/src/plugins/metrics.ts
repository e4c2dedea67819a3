import { timingSafeEqual } from 'node:crypto';
import { fail } from '@tims/core';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What the server counts. Labels are route patterns and reasons, never ids or content. */
export interface Metrics {
  requests: Histogram<'method' | 'route' | 'status'>;
  webhooks: Histogram<'kind' | 'outcome'>;
  sockets: Gauge;
  frames: Counter;
}

export const metrics = fp<{ token?: string | undefined }>(
  async (app, { token }) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'tims_' });
    const counted: Metrics = {
      requests: new Histogram({
        name: 'tims_http_request_seconds',
        help: 'How long requests took, webhooks apart',
        labelNames: ['method', 'route', 'status'],
        buckets,
        registers: [registry],
      }),
      webhooks: new Histogram({
        name: 'tims_webhook_seconds',
        help: 'How long webhooks took to their commit, by what became of them',
        labelNames: ['kind', 'outcome'],
        buckets,
        registers: [registry],
      }),
      sockets: new Gauge({ name: 'tims_sockets', help: 'Open sockets', registers: [registry] }),
      frames: new Counter({ name: 'tims_frames_total', help: 'Frames written to sockets', registers: [registry] }),
    };
    new Gauge({
      name: 'tims_ingest_depth',
      help: 'Webhooks that wait for their commit',
      registers: [registry],
      collect() {
        this.set(app.ingest.depth());
      },
    });
    app.decorate('metrics', counted);
    app.get('/metrics', {
      config: { access: 'public', rateLimit: false },
      schema: { hide: true },
      handler: async (request, reply) => {
        if (!mayRead(request, token))
          fail('forbidden', 'Metrics are for this machine, or for who has TIMS_METRICS_TOKEN');
        return reply.type(registry.contentType).send(await registry.metrics());
      },
    });
  },
  { name: 'metrics', dependencies: ['errors'] },
);

/** Measures the requests to the routes beside it. */
export const requestTimes = fp(
  async (app) => {
    app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
      const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
      app.metrics.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  },
  { name: 'request-times', dependencies: ['metrics'] },
);

function mayRead({ ip, headers }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) {
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
  // A proxy on this machine speaks for others; without TIMS_TRUST_PROXY its own address would be all that is seen.
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics;
  }
}
