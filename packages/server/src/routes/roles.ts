import { createRole, deleteRole, listRoles, NewRole, RolePatch, RoleView, updateRole } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const RolePath = Type.Object({ key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$', examples: ['night_shift'] }) });

export function roles(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/roles',
    operation: 'roles.list',
    summary: 'Roles and what each may do, highest first',
    access: 'roles:read',
    answer: ListOf(RoleView),
    handler: ({ request }) => asList(request, listRoles),
  });

  route(app, {
    method: 'POST',
    url: '/roles',
    operation: 'roles.create',
    summary: 'Make a role of permissions that one holds oneself',
    access: 'roles:write',
    body: NewRole,
    answer: RoleView,
    status: 201,
    errors: ['role_key_taken', 'role_senseless', 'rank_too_high', 'permission_not_held'],
    handler: ({ request, body, idempotencyKey }) => createRole(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/roles/:key',
    operation: 'roles.update',
    summary: 'Change a role; it holds at once for everybody who has it',
    access: 'roles:write',
    params: RolePath,
    body: RolePatch,
    answer: RoleView,
    errors: ['role_built_in', 'role_senseless', 'rank_too_high', 'permission_not_held'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateRole(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/roles/:key',
    operation: 'roles.delete',
    summary: 'Remove a role that nobody has',
    access: 'roles:write',
    params: RolePath,
    answer: null,
    errors: ['role_built_in', 'role_in_use', 'rank_too_high'],
    handler: async ({ request, params, idempotencyKey }) => {
      await deleteRole(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
