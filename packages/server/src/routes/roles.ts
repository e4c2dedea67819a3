import { permissions, roles as table } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { asList, ListOf, route } from './route.js';

const Role = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    rank: Type.Integer({ description: 'Nobody grants a role above their own rank' }),
    permissions: Type.Array(
      Type.Object({
        permission: Type.Unsafe<(typeof permissions)[number]>({ type: 'string', enum: [...permissions] }),
        scope: Type.Unsafe<'all' | 'team' | 'assigned' | 'own'>({
          type: 'string',
          enum: ['all', 'team', 'assigned', 'own'],
        }),
      }),
    ),
  },
  { title: 'Role' },
);

export function roles(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/roles',
    operation: 'roles.list',
    summary: 'Roles and what each may do, highest first',
    access: 'roles:read',
    answer: ListOf(Role),
    handler: ({ request }) =>
      asList(request, async () =>
        table.map(({ key, name, rank, grants }) => ({
          key,
          name,
          rank,
          permissions: permissions.flatMap((permission) => {
            const scope = grants[permission];
            return scope ? { permission, scope } : [];
          }),
        })),
      ),
  });
}
