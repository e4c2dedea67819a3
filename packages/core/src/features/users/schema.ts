import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { roleKeys } from '../roles/index.js';

export const User = Type.Object(
  {
    id: Id('user'),
    email: Type.String(),
    name: Type.String(),
    role: Type.String({ description: 'The key of a role, see GET /api/roles' }),
    status: OneOf(['active', 'deactivated']),
    teams: Type.Array(Type.Object({ id: Id('team'), lead: Type.Boolean() })),
    primaryTeamId: Nullable(Id('team')),
    version: Type.Integer(),
    createdAt: Timestamp,
  },
  { title: 'User' },
);
export type User = Static<typeof User>;

/** An address as the HTML standard takes it, without quoted local parts. */
const Email = Type.String({
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+$",
  maxLength: 191,
  examples: ['aisyah@example.com'],
});

export const NewUser = Type.Object(
  {
    email: Email,
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Aisyah'] }),
    password: Type.String({ minLength: 1, maxLength: 200, examples: ['correct horse battery'] }),
    role: OneOf(roleKeys),
    teams: Type.Optional(
      Type.Array(
        Type.Object({ id: Id('team'), lead: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
        {
          maxItems: 100,
          description: 'The first one is the primary team',
        },
      ),
    ),
  },
  { title: 'NewUser', additionalProperties: false },
);
export type NewUser = Static<typeof NewUser>;

export const UserPatch = Type.Object(
  { status: OneOf(['active', 'deactivated']) },
  { title: 'UserPatch', additionalProperties: false },
);
export type UserPatch = Static<typeof UserPatch>;

export const DirectoryEntry = Type.Object(
  {
    id: Id('user'),
    name: Type.String(),
    role: Type.String(),
    teams: Type.Array(Type.Object({ id: Id('team'), lead: Type.Boolean() })),
    online: Type.Boolean({ description: 'Has an inbox open right now' }),
  },
  { title: 'DirectoryEntry' },
);
export type DirectoryEntry = Static<typeof DirectoryEntry>;
