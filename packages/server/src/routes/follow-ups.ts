import {
  createFollowUp,
  FollowUp,
  FollowUpFilter,
  FollowUpPatch,
  Id,
  listFollowUps,
  NewFollowUp,
  updateFollowUp,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

export function followUps(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/follow-ups',
    operation: 'followUps.list',
    summary: "Open follow-ups, the longest due first: the caller's own, or those of whom they lead",
    access: 'conversations:follow_up',
    query: FollowUpFilter,
    answer: ListOf(FollowUp),
    errors: ['cursor_invalid', 'not_found'],
    handler: ({ request, query }) => asList(request, (ctx) => listFollowUps(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/follow-ups',
    operation: 'followUps.create',
    summary: 'Let a conversation come back at a time',
    access: 'conversations:follow_up',
    params: Type.Object({ id: Id('conversation') }),
    body: NewFollowUp,
    answer: FollowUp,
    status: 201,
    errors: ['user_out_of_sight', 'limit_reached'],
    handler: ({ request, params, body, idempotencyKey }) =>
      createFollowUp(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/follow-ups/:id',
    operation: 'followUps.update',
    summary: 'Move it, snooze it, give it to somebody else, or say that it is done',
    access: 'conversations:follow_up',
    params: Type.Object({ id: Id('followUp') }),
    body: FollowUpPatch,
    answer: FollowUp,
    errors: ['user_out_of_sight', 'conflict'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateFollowUp(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });
}
