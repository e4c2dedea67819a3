import Type, { type Static } from 'typebox';
import type { Scope } from '../../kernel/actor.js';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { presenceStates } from '../../pipeline/ephemeral.js';
import { type Permission, permissions } from '../roles/index.js';

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

/** The user who is signed in. */
export const Me = Type.Object(
  {
    ...User.properties,
    // Built from the list of permissions, whose names TypeScript loses on the way through entries.
    permissions: Type.Unsafe<Partial<Record<Permission, Scope>>>(
      Type.Partial(
        Type.Object(
          Object.fromEntries(permissions.map((permission) => [permission, OneOf(['all', 'team', 'assigned', 'own'])])),
        ),
        {
          description: 'What the user may do, and in which scope; see docs/roles.md',
        },
      ),
    ),
  },
  { title: 'Me' },
);
export type Me = Static<typeof Me>;

/** An address as the HTML standard takes it, without quoted local parts. */
const Email = Type.String({
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+$",
  maxLength: 191,
  examples: ['aisyah@example.com'],
});

const RoleKey = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,31}$',
  description: 'The key of a role, see GET /api/roles',
  examples: ['agent'],
});

export const NewUser = Type.Object(
  {
    email: Email,
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Aisyah'] }),
    password: Type.String({ minLength: 1, maxLength: 200, examples: ['correct horse battery'] }),
    role: RoleKey,
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
    presence: Type.Object({
      state: OneOf(presenceStates, { description: '`away`: has an inbox open, and is not at it' }),
      lastSeenAt: Nullable(Timestamp),
    }),
  },
  { title: 'DirectoryEntry' },
);
export type DirectoryEntry = Static<typeof DirectoryEntry>;
