import {
  CloseReason,
  CloseReasonPatch,
  createCloseReason,
  deleteCloseReason,
  Id,
  listCloseReasons,
  NewCloseReason,
  updateCloseReason,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const ById = Type.Object({ id: Id('closeReason') });

export function closeReasons(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/close-reasons',
    operation: 'closeReasons.list',
    summary: 'Why conversations can be closed: for one team, or all',
    access: 'directory:read',
    query: Type.Object({ teamId: Type.Optional(Id('team')) }, { additionalProperties: false }),
    answer: ListOf(CloseReason),
    handler: ({ request, query }) => asList(request, (ctx) => listCloseReasons(ctx, query.teamId)),
  });

  route(app, {
    method: 'POST',
    url: '/close-reasons',
    operation: 'closeReasons.create',
    summary: 'Add a reason, for every team or for one',
    access: 'close_reasons:write',
    body: NewCloseReason,
    answer: CloseReason,
    status: 201,
    errors: ['close_reason_taken', 'not_found'],
    handler: ({ request, body, idempotencyKey }) =>
      createCloseReason(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/close-reasons/:id',
    operation: 'closeReasons.update',
    summary: 'Give a reason another name or place',
    access: 'close_reasons:write',
    params: ById,
    body: CloseReasonPatch,
    answer: CloseReason,
    handler: ({ request, params, body, idempotencyKey }) =>
      updateCloseReason(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/close-reasons/:id',
    operation: 'closeReasons.delete',
    summary: 'Remove a reason; what was closed with it keeps it',
    access: 'close_reasons:write',
    params: ById,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await deleteCloseReason(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
