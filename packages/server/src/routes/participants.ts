import { addWatcher, Id, listParticipants, NewWatcher, Participants, removeWatcher, Watcher } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { readAsOf, readContext, route } from './route.js';

const ById = Type.Object({ id: Id('conversation') });

export function participants(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/conversations/:id/participants',
    operation: 'participants.get',
    summary: 'Who takes part in a conversation: the people outside, and colleagues who watch it',
    access: 'conversations:read',
    params: ById,
    answer: Type.Object({ ...Participants.properties, asOf: Type.String() }, { title: 'Participants' }),
    handler: async ({ request, params }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      return { ...(await listParticipants(ctx, params.id)), asOf };
    },
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/participants',
    operation: 'participants.add',
    summary: 'Let a colleague who sees the conversation watch it, or watch it yourself',
    access: 'conversations:read',
    params: ById,
    body: NewWatcher,
    answer: Watcher,
    status: 201,
    errors: ['user_out_of_sight', 'limit_reached'],
    handler: ({ request, params, body, idempotencyKey }) =>
      addWatcher(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/conversations/:id/participants/:userId',
    operation: 'participants.remove',
    summary: "End a colleague's watching, or your own",
    access: 'conversations:read',
    params: Type.Object({ id: Id('conversation'), userId: Id('user') }),
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await removeWatcher(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
