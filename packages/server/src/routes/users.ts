import {
  createUser,
  fail,
  findUser,
  Id,
  listUsers,
  NewUser,
  Password,
  setPassword,
  User,
  UserFilter,
  UserPatch,
  updateUser,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

const UserPath = Type.Object({ id: Id('user') });

export function users(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/users',
    operation: 'users.list',
    summary: "The organization's users, oldest first",
    access: 'users:read',
    query: Type.Object({ ...PageQuery.properties, ...UserFilter.properties }, { additionalProperties: false }),
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
    errors: ['email_taken', 'password_refused', 'rank_too_high', 'permission_not_held', 'not_found'],
    handler: ({ request, body, idempotencyKey }) => createUser(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/users/:id',
    operation: 'users.get',
    summary: 'One user',
    access: 'users:read',
    params: UserPath,
    answer: User,
    handler: async ({ request, params }) =>
      (await findUser(readContext(request), params.id)) ?? fail('not_found', `There is no user ${params.id}`),
  });

  route(app, {
    method: 'PATCH',
    url: '/users/:id',
    operation: 'users.update',
    summary: 'Change name, role, teams or status; another role or status ends their access tokens and sockets',
    access: 'users:write',
    params: UserPath,
    body: UserPatch,
    answer: User,
    errors: ['rank_too_high', 'permission_not_held', 'last_administrator', 'account_shared', 'primary_team_invalid'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateUser(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/users/:id/password',
    operation: 'users.setPassword',
    summary: "Set a user's password, which ends their sessions",
    access: 'users:write',
    params: UserPath,
    body: Type.Object({ password: Password }, { title: 'NewPassword', additionalProperties: false }),
    answer: null,
    errors: ['password_refused', 'rank_too_high', 'permission_not_held', 'account_shared'],
    handler: async ({ request, params, body, idempotencyKey }) => {
      await setPassword(installation, actorOf(request), { ...params, ...body }, idempotencyKey);
      return undefined;
    },
  });
}
