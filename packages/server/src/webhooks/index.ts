import { TimsError } from '@tims/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { problemResponses } from '../routes/route.js';
import { handshake } from './handshake.js';

/** Meta sends up to 3 MB. */
const bodyLimit = 4 * 1024 * 1024;

const Shared = Type.Object({ kind: Type.String({ maxLength: 32 }) });
const Own = Type.Object({ ...Shared.properties, channelId: Type.String({ maxLength: 40 }) });
const open = { access: 'public' } as const;
const publicly = { 'x-permission': 'public' } as object; // an extension, which Fastify's schema type does not know
const always = ['validation_failed', 'not_found', 'internal_error', 'database_unavailable'] as const;

/** Where providers post. The body stays raw: a signature holds for bytes, not for what a parser makes of them. */
export async function webhooks(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    // Whatever a provider calls its body: a name that Fastify cannot read must not refuse it.
    raw.headers['content-type'] = 'application/octet-stream';
    done();
  });

  for (const url of ['/api/webhook/:kind', '/api/webhook/:kind/:channelId']) {
    const own = url.endsWith(':channelId');
    app.post(url, {
      bodyLimit,
      config: open,
      schema: {
        operationId: own ? 'webhooks.receiveOwn' : 'webhooks.receive',
        summary: own
          ? "A provider's webhook, signed with one channel's own secret"
          : "A provider's webhook, signed with the installation's secret",
        tags: ['webhooks'],
        params: own ? Own : Shared,
        ...publicly,
        response: {
          200: Type.Object({ received: Type.Literal(true) }, { title: 'Received' }),
          ...problemResponses([...always, 'signature_invalid', 'body_too_large', 'overloaded', 'shutting_down']),
        },
      },
      handler: async (request) => receive(request),
    });
    app.get(url, {
      config: open,
      schema: {
        operationId: own ? 'webhooks.verifyOwn' : 'webhooks.verify',
        summary: "The provider's challenge when the webhook is set up",
        tags: ['webhooks'],
        params: own ? Own : Shared,
        ...publicly,
        response: {
          200: { description: 'The challenge', content: { 'text/plain': { schema: Type.String() } } },
          403: { description: 'Another verify token', content: { 'text/plain': { schema: Type.String() } } },
          ...problemResponses(always),
        },
      },
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const { status, body } = await handshake(app.installation, addressOf(request), queryOf(request));
        return reply
          .code(status)
          .type('text/plain; charset=utf-8')
          .header('x-content-type-options', 'nosniff')
          .send(body);
      },
    });
  }
}

/** 200 only after the commit; what the provider should send again is no 2xx. */
async function receive(request: FastifyRequest): Promise<{ received: true }> {
  const { ingest, metrics } = request.server;
  const { kind, channelId } = addressOf(request);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const started = performance.now();
  const measure = (known: string, outcome: string) =>
    metrics.webhooks.observe({ kind: known, outcome }, (performance.now() - started) / 1000);
  try {
    const report = await ingest.accept({ kind, channelId, headers: request.headers as Headers, body });
    measure(kind, report.failed.length > 0 ? 'kept' : 'accepted');
    return { received: true };
  } catch (error) {
    const code = error instanceof TimsError ? error.code : 'internal_error';
    measure(code === 'not_found' ? 'unknown' : kind, code);
    throw error;
  }
}

/** Node joins a header that is repeated; only `set-cookie` comes as a list, and no signature is read from it. */
type Headers = Record<string, string | undefined>;

interface Address {
  kind: string;
  channelId?: string | undefined;
}

function addressOf({ params }: FastifyRequest): Address {
  return params as Address; // validated against one of the schemas above
}

function queryOf({ query }: FastifyRequest): Record<string, string | undefined> {
  return singles(query as Record<string, unknown>); // a parsed query string
}

/** Query parameters that come once; one that is repeated counts as absent. */
function singles(values: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}
