import { Erasure, eraseContact, getErasure, Id, listErasures } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

export function erasures(app: FastifyInstance): void {
  route(app, {
    method: 'POST',
    url: '/contacts/:id/erase',
    operation: 'contacts.erase',
    summary: 'Erase a person for good, with everything they said; goes on after the answer',
    access: 'contacts:erase',
    params: Type.Object({ id: Id('contact') }),
    answer: Erasure,
    status: 202,
    handler: ({ request, params, idempotencyKey }) =>
      eraseContact(app.installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/erasures',
    operation: 'erasures.list',
    summary: 'Who was erased, the newest first',
    access: 'contacts:erase',
    query: PageQuery,
    answer: ListOf(Erasure),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listErasures(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/erasures/:id',
    operation: 'erasures.get',
    summary: 'How far an erasure is, and how much of what went',
    access: 'contacts:erase',
    params: Type.Object({ id: Id('erasure') }),
    answer: Erasure,
    handler: ({ request, params }) => getErasure(readContext(request), params.id),
  });
}
