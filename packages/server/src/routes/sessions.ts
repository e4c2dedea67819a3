import { Id, listSessions, OwnSession, revokeOtherSessions, revokeSession } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, route } from './route.js';

export function sessions(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/me/sessions',
    operation: 'sessions.list',
    summary: 'Where the caller is signed in, the newest first',
    access: 'signed_in',
    personal: true,
    beforeSecondFactor: true,
    query: PageQuery,
    answer: ListOf(OwnSession),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listSessions(ctx, actorOf(request), query)),
  });

  route(app, {
    method: 'DELETE',
    url: '/me/sessions',
    operation: 'sessions.revokeOthers',
    summary: "End all of the caller's sessions but this one",
    access: 'signed_in',
    personal: true,
    beforeSecondFactor: true,
    answer: null,
    handler: async ({ request, idempotencyKey }) => {
      await revokeOtherSessions(installation, actorOf(request), {}, idempotencyKey);
      return undefined;
    },
  });

  route(app, {
    method: 'DELETE',
    url: '/me/sessions/:id',
    operation: 'sessions.revoke',
    summary: "End one of the caller's sessions; its sockets close",
    access: 'signed_in',
    personal: true,
    beforeSecondFactor: true,
    params: Type.Object({ id: Id('session') }),
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await revokeSession(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
