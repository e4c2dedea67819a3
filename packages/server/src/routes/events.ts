import { issueTicket, listEvents, Timestamp, timestamp } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { Event, presentEvent } from './event-schema.js';
import { readAsOf, readContext, route } from './route.js';

const EventPage = Type.Object({
  data: Type.Array(Event),
  nextCursor: Type.String({ description: 'Where to go on, also when nothing more is there yet' }),
  more: Type.Boolean({ description: 'Whether there is more right now' }),
  resyncRequired: Type.Boolean({ description: 'The cursor no longer stands: take fresh snapshots' }),
  asOf: Type.String(),
});

const Ticket = Type.Object(
  {
    ticket: Type.String({ description: 'Opens one socket, within 30 seconds' }),
    url: Type.String({ description: 'Path and query to open the socket at' }),
    expiresAt: Timestamp,
  },
  { title: 'RealtimeTicket' },
);

export function events(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/events',
    operation: 'events.list',
    summary: 'What happened after a cursor, oldest first, as far as the caller may see it',
    access: 'events:read',
    query: Type.Object(
      {
        cursor: Type.Optional(Type.String({ maxLength: 200 })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 100 })),
      },
      { additionalProperties: false },
    ),
    answer: EventPage,
    errors: ['cursor_invalid'],
    handler: async ({ request, query }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      const { events: read, ...page } = await listEvents(ctx, query);
      return { data: read.map(presentEvent), ...page, asOf };
    },
  });

  route(app, {
    method: 'POST',
    url: '/realtime/tickets',
    operation: 'realtime.ticket',
    summary: 'A ticket for a WebSocket',
    access: 'signed_in',
    answer: Ticket,
    status: 201,
    handler: async ({ request }) => {
      const { ticket, expiresAt } = await issueTicket(app.installation, actorOf(request));
      return { ticket, url: `/api/realtime?ticket=${ticket}`, expiresAt: timestamp(expiresAt) };
    },
  });
}
