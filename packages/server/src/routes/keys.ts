import { ApiKey, createKey, Id, listKeys, MadeApiKey, NewApiKey, revokeKey } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, route } from './route.js';

export function keys(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/keys',
    operation: 'keys.list',
    summary: "The organization's API keys, the newest first",
    access: 'keys:read',
    query: PageQuery,
    answer: ListOf(ApiKey),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listKeys(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/keys',
    operation: 'keys.create',
    summary: 'Make an API key; the answer shows it, this once',
    access: 'keys:write',
    personal: true,
    body: NewApiKey,
    answer: MadeApiKey,
    status: 201,
    secretAnswer: true,
    errors: ['expiry_refused'],
    handler: ({ request, body }) => createKey(installation, actorOf(request), body),
  });

  route(app, {
    method: 'DELETE',
    url: '/keys/:id',
    operation: 'keys.revoke',
    summary: 'Revoke an API key at once',
    access: 'keys:write',
    personal: true,
    params: Type.Object({ id: Id('apiKey') }),
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await revokeKey(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
