import { createUser, Id, listUsers, NewUser, User, UserPatch, updateUser } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, route } from './route.js';

export function users(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/users',
    operation: 'users.list',
    summary: "The organization's users, oldest first",
    access: 'users:read',
    query: PageQuery,
    answer: ListOf(User),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listUsers(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/users',
    operation: 'users.create',
    summary: 'Add a user with a password',
    access: 'users:write',
    body: NewUser,
    answer: User,
    status: 201,
    errors: ['email_taken', 'password_refused', 'rank_too_high', 'not_found'],
    handler: ({ request, body, idempotencyKey }) => createUser(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/users/:id',
    operation: 'users.update',
    summary: 'Deactivate a user, or activate one again',
    access: 'users:write',
    params: Type.Object({ id: Id('user') }),
    body: UserPatch,
    answer: User,
    errors: ['rank_too_high'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateUser(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });
}
