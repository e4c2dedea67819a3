import { createView, Id, listViews, NewView, removeView, updateView, View, ViewPatch } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const ById = Type.Object({ id: Id('view') });

export function views(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/views',
    operation: 'views.list',
    summary: "The caller's saved views and those that are shared with them, in their order",
    access: 'conversations:read',
    answer: ListOf(View),
    handler: ({ request }) => asList(request, listViews),
  });

  route(app, {
    method: 'POST',
    url: '/views',
    operation: 'views.create',
    summary: 'Save a filter of the list of conversations, for oneself, a team or everybody',
    access: 'conversations:read',
    body: NewView,
    answer: View,
    status: 201,
    errors: ['limit_reached', 'not_found'],
    handler: ({ request, body, idempotencyKey }) => createView(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/views/:id',
    operation: 'views.update',
    summary: 'Change a saved view',
    access: 'conversations:read',
    params: ById,
    body: ViewPatch,
    answer: View,
    handler: ({ request, params, body, idempotencyKey }) =>
      updateView(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/views/:id',
    operation: 'views.remove',
    summary: 'Remove a saved view',
    access: 'conversations:read',
    params: ById,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await removeView(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
