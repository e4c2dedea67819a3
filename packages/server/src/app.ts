import cookie from '@fastify/cookie';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Ingest, Installation } from '@tims/core';
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
  type RouteOptions,
} from 'fastify';
import { auth } from './plugins/auth.js';
import { closing } from './plugins/closing.js';
import { errors, notFound, unreadablePath } from './plugins/errors.js';
import { health } from './plugins/health.js';
import { limits, type RateLimits } from './plugins/limits.js';
import { metrics, requestTimes } from './plugins/metrics.js';
import { openapi, reference } from './plugins/openapi.js';
import { strictTransport } from './plugins/strict-transport.js';
import { validatorCompiler } from './plugins/validation.js';
import { webInbox } from './plugins/web-inbox.js';
import { realtime } from './realtime/index.js';
import { routes } from './routes/index.js';
import type { Tls } from './tls.js';
import { webhooks } from './webhooks/index.js';

export interface AppOptions {
  installation: Installation;
  ingest: Ingest;
  /** As Fastify's `logger` or `loggerInstance`. */
  logger?: FastifyServerOptions['logger'];
  loggerInstance?: FastifyServerOptions['loggerInstance'];
  /** Origins that browsers may call from, beside the server's own. */
  allowedOrigins?: readonly string[];
  /** A built web inbox, shown at `/`. */
  inboxFolder?: string | undefined;
  /** Lets `/metrics` be read from elsewhere than this machine. */
  metricsToken?: string;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  trustProxy?: string | string[] | false;
  rateLimits?: Partial<RateLimits>;
  /** A certificate and its key, as PEM: the server then speaks HTTPS. */
  tls?: Tls | undefined;
  /** Told of every route as it is added: for tests that go over all of them. */
  onRoute?: (route: RouteOptions) => void;
}

/** What pages of the allowed origins may do and read; the plugin's own defaults leave PATCH and our headers out. */
const crossOrigin = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  // `date`: a client whose own clock is wrong goes by the server's.
  exposedHeaders: ['date', 'x-request-id', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  maxAge: 600,
  strictPreflight: false,
};

type CorsAnswer = (error: Error | null, options: FastifyCorsOptions) => void;

/** The server on an open installation. It does not listen and reads no environment: tests use it as the start does. */
export async function build(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.tls ? { https: { cert: options.tls.cert, key: options.tls.key, minVersion: 'TLSv1.2' } } : {}),
    ...(options.loggerInstance ? { loggerInstance: options.loggerInstance } : { logger: options.logger ?? false }),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    // Ours says what is wrong with a path as with everything else.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: unreadablePath,
    // Two lines a request would be most of the log; what fails is logged by the error handler, the rest is in /metrics.
    logController: new LogController({ disableRequestLogging: true }),
    // Nobody holds a connection by sending one byte at a time.
    requestTimeout: 60_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    // The schemas of answers document; what is answered was made by a `present…` function that picks each field.
    .setSerializerCompiler(() => (data) => JSON.stringify(data));

  if (options.onRoute) app.addHook('onRoute', options.onRoute);
  app.decorate('installation', options.installation);
  app.decorate('ingest', options.ingest);
  app.decorate('allowedOrigins', options.allowedOrigins ?? []);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });

  // Fastify reads it as a text, which no schema of ours takes.
  app.removeContentTypeParser('text/plain');

  await app.register(errors);
  await app.register(closing);
  await app.register(metrics, { token: options.metricsToken });
  await app.register(openapi);
  await app.register(webhooks);
  await app.register(forPeople, options);
  await app.ready();
  return app;
}

/**
 * Everything but the webhooks. Its hooks hold for its own routes alone: what browsers and callers with an account need
 * would cost the webhooks, which come thousands of times a second, a third of what they cost in all.
 */
async function forPeople(app: FastifyInstance, options: AppOptions): Promise<void> {
  await app.register(helmet, { contentSecurityPolicy: false, hsts: false });
  app.addHook('onRequest', strictTransport);
  const named = [...(options.allowedOrigins ?? [])];
  await app.register(cors, () => (request: FastifyRequest, done: CorsAnswer) => {
    // Sessions in cookies, to the origins that are named: what changes something needs a token beside the cookie.
    const credentials = named.includes(request.headers.origin ?? '');
    done(null, { ...crossOrigin, origin: named, credentials });
  });
  await app.register(requestTimes);
  await app.register(limits, options.rateLimits ?? {});
  await app.register(notFound, { inbox: options.inboxFolder });
  await app.register(cookie);
  await app.register(auth);
  await app.register(reference);
  await app.register(health);
  await app.register(routes, { prefix: '/api' });
  if (options.inboxFolder !== undefined) await app.register(webInbox, { folder: options.inboxFolder });
  await app.register(realtime);
}

declare module 'fastify' {
  interface FastifyInstance {
    installation: Installation;
    ingest: Ingest;
    allowedOrigins: readonly string[];
  }
}
