import Type, { type Static } from 'typebox';
import { Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { permissions } from './table.js';

const PermissionGrant = Type.Object(
  {
    permission: OneOf(permissions),
    scope: OneOf(['all', 'team', 'assigned', 'own'] as const),
  },
  { additionalProperties: false },
);

export const RoleView = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    rank: Type.Integer({ description: 'Nobody grants a role above their own rank' }),
    permissions: Type.Array(PermissionGrant),
    builtIn: Type.Boolean({ description: 'One of those that every organization has; it cannot be changed' }),
    version: Type.Integer(),
    createdAt: Nullable(Timestamp, { description: 'Null for those that every organization has' }),
  },
  { title: 'Role' },
);
export type RoleView = Static<typeof RoleView>;

const Name = Type.String({ minLength: 1, maxLength: 200, examples: ['Night shift'] });
const Rank = Type.Integer({ minimum: 1, maximum: 50, description: "At most one's own", examples: [10] });
const Grants = Type.Array(PermissionGrant, {
  maxItems: 100,
  description: 'Each permission once',
  examples: [[{ permission: 'directory:read', scope: 'all' }]],
});

export const NewRole = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$', examples: ['night_shift'] }),
    name: Name,
    rank: Rank,
    permissions: Grants,
  },
  { title: 'NewRole', additionalProperties: false },
);
export type NewRole = Static<typeof NewRole>;

export const RolePatch = Type.Object(
  { name: Type.Optional(Name), rank: Type.Optional(Rank), permissions: Type.Optional(Grants) },
  { title: 'RolePatch', additionalProperties: false, minProperties: 1 },
);
export type RolePatch = Static<typeof RolePatch>;
