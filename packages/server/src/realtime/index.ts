import websocket from '@fastify/websocket';
import { fail, redeemTicket, type UserActor } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { WebSocket } from 'ws';
import { originAllowed } from '../plugins/origins.js';
import { problemResponses } from '../routes/route.js';
import { createAllowance } from './allowance.js';
import { closeCodes } from './client.js';
import { type ClientMessage, readMessage } from './client-messages.js';
import { createGateway, type Gateway } from './gateway.js';

const maxMessage = 16 * 1024;
const pingMs = 30_000;

/** Nobody needs as many as this. More of what holds for a moment is dropped; who subscribes more often is shut out. */
const momentary = { burst: 10, perSecond: 10 };
const subscriptions = { burst: 20, perSecond: 1 };

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
  const mayTell = createAllowance(momentary);
  const maySubscribe = createAllowance(subscriptions);
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
    // What came in behind the message that closed it.
    if (socket.readyState !== socket.OPEN) return;
    const message = isBinary ? undefined : readMessage(data.toString());
    if (!message) return client.close(closeCodes.badMessage, 'Send {"type":"subscribe","cursor":"…"}');
    if (message.type !== 'subscribe') {
      if (mayTell.take()) gateway.say(client, saidIn(message));
    } else if (maySubscribe.take()) {
      gateway.subscribe(client, message.cursor).catch(() => client.close(1011, 'Cannot read the log now'));
    } else client.close(closeCodes.tooMany, 'Subscribe once and keep the cursor');
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    gateway.disconnect(client);
  });
}

function saidIn(message: Exclude<ClientMessage, { type: 'subscribe' }>): Parameters<Gateway['say']>[1] {
  if (message.type === 'presence') return { presence: message.state };
  if (message.type === 'viewing') return { view: message.conversationId };
  return { typing: message.conversationId, on: message.on };
}
