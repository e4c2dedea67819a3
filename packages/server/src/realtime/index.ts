import websocket from '@fastify/websocket';
import { fail, redeemTicket, type UserActor } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { WebSocket } from 'ws';
import { originAllowed } from '../plugins/origins.js';
import { problemResponses } from '../routes/route.js';
import { closeCodes } from './client.js';
import { createGateway, type Gateway } from './gateway.js';

const maxMessage = 16 * 1024;
const pingMs = 30_000;

const Subscribe = Compile(
  Type.Object({ type: Type.Literal('subscribe'), cursor: Type.Optional(Type.String({ maxLength: 200 })) }),
);

/** `GET /api/realtime`: the log as frames, for whoever brings a ticket from an origin that may. */
export async function realtime(app: FastifyInstance): Promise<void> {
  const { metrics } = app;
  const gateway = createGateway(app.installation, {
    onFrame: () => metrics.frames.inc(),
    onSockets: (count) => metrics.sockets.set(count),
  });
  app.addHook('preClose', async () => gateway.close());
  await app.register(websocket, { options: { maxPayload: maxMessage } });

  app.route({
    method: 'GET',
    url: '/api/realtime',
    config: { access: 'public' },
    schema: {
      operationId: 'realtime.connect',
      summary: 'A WebSocket that brings events as they happen; opened with a ticket',
      tags: ['realtime'],
      ...({ 'x-permission': 'public' } as object), // an extension, which Fastify's schema type does not know
      response: {
        101: { description: 'The socket is open' },
        ...problemResponses([
          'validation_failed',
          'ticket_invalid',
          'origin_refused',
          'rate_limited',
          'internal_error',
          'database_unavailable',
        ]),
      },
      querystring: Type.Object({ ticket: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
    },
    preValidation: async (request) => {
      // Another site's page must not use a stolen ticket. What is no browser sends no origin.
      if (request.headers.origin !== undefined && !originAllowed(request))
        fail('origin_refused', `The origin ${request.headers.origin}`);
    },
    handler: async () =>
      fail('validation_failed', undefined, {
        errors: [{ path: '/headers/upgrade', message: 'is missing: this path is a WebSocket' }],
      }),
    preHandler: async (request) => {
      const { ticket } = request.query as { ticket: string }; // validated above
      if (!request.headers.upgrade) return;
      request.signedIn = (await redeemTicket(app.installation, ticket)) ?? fail('ticket_invalid');
    },
    wsHandler: (socket, request) => {
      if (request.signedIn) serve(gateway, socket, request.signedIn);
    },
  });
}

function serve(gateway: Gateway, socket: WebSocket, actor: UserActor): void {
  const client = gateway.connect(socket, actor);
  let alive = true;
  const ping = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingMs);
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parse(data.toString());
    if (!Subscribe.Check(message)) return client.close(closeCodes.badMessage, 'Send {"type":"subscribe","cursor":"…"}');
    gateway.subscribe(client, message.cursor).catch(() => client.close(1011, 'Cannot read the log now'));
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    gateway.disconnect(client);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
