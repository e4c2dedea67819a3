import { Id, InboundFailure, listFailures, replayFailure } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, route } from './route.js';

export function failures(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/inbound-failures',
    operation: 'failures.list',
    summary: 'Webhooks that could not be taken in, newest first',
    access: 'failures:read',
    query: PageQuery,
    answer: ListOf(InboundFailure),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listFailures(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/inbound-failures/:id/replay',
    operation: 'failures.replay',
    summary: 'Take a kept webhook in once more',
    access: 'failures:replay',
    params: Type.Object({ id: Id('inboundFailure') }),
    answer: InboundFailure,
    errors: ['failure_not_replayable'],
    handler: ({ request, params }) => replayFailure(app.installation, actorOf(request), params.id, app.ingest.replay),
  });
}
