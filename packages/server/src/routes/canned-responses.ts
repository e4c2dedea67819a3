import {
  CannedResponse,
  CannedResponsePatch,
  createCannedResponse,
  getCannedResponse,
  Id,
  listCannedResponses,
  NewCannedResponse,
  RenderedResponse,
  removeCannedResponse,
  renderCannedResponse,
  updateCannedResponse,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

const ById = Type.Object({ id: Id('cannedResponse') });

export function cannedResponses(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/canned-responses',
    operation: 'cannedResponses.list',
    summary: "Canned responses: everybody's and those of the caller's teams, oldest first",
    access: 'directory:read',
    query: PageQuery,
    answer: ListOf(CannedResponse),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listCannedResponses(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/canned-responses/:id',
    operation: 'cannedResponses.get',
    summary: 'A canned response',
    access: 'directory:read',
    params: ById,
    answer: CannedResponse,
    handler: ({ request, params }) => getCannedResponse(readContext(request), params.id),
  });

  route(app, {
    method: 'POST',
    url: '/canned-responses',
    operation: 'cannedResponses.create',
    summary: 'Add a canned response for a team or for everybody',
    access: 'canned_responses:write',
    body: NewCannedResponse,
    answer: CannedResponse,
    status: 201,
    errors: ['shortcut_taken', 'variable_unknown', 'not_found'],
    handler: ({ request, body, idempotencyKey }) =>
      createCannedResponse(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/canned-responses/:id',
    operation: 'cannedResponses.update',
    summary: 'Change a canned response',
    access: 'canned_responses:write',
    params: ById,
    body: CannedResponsePatch,
    answer: CannedResponse,
    errors: ['shortcut_taken', 'variable_unknown'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateCannedResponse(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/canned-responses/:id',
    operation: 'cannedResponses.remove',
    summary: 'Remove a canned response',
    access: 'canned_responses:write',
    params: ById,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await removeCannedResponse(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/canned-responses/:id/render',
    operation: 'cannedResponses.render',
    summary: 'Its text for one conversation, with what is missing; nothing is sent',
    access: 'directory:read',
    params: ById,
    body: Type.Object({ conversationId: Id('conversation') }, { title: 'RenderRequest', additionalProperties: false }),
    answer: RenderedResponse,
    handler: ({ request, params, body }) => renderCannedResponse(readContext(request), { ...params, ...body }),
  });
}
