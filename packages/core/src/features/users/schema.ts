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
    timeZone: Nullable(Type.String(), { description: 'An IANA name; null until they choose one' }),
    lastSeenAt: Nullable(Timestamp),
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
    organization: Type.Object({
      id: Id('organization'),
      name: Type.String(),
      contactKinds: Type.Array(Type.String(), {
        description: 'What contacts can be; the first is what new ones are',
        examples: [['customer', 'tutor']],
      }),
    }),
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
export const Email = Type.String({
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+$",
  maxLength: 191,
  examples: ['aisyah@example.com'],
});

export const RoleKey = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,31}$',
  description: 'The key of a role, see GET /api/roles',
  examples: ['agent'],
});

const Name = Type.String({ minLength: 1, maxLength: 200, examples: ['Aisyah'] });

export const Password = Type.String({ minLength: 1, maxLength: 200, examples: ['correct horse battery'] });

export const TeamsOfUser = Type.Array(
  Type.Object({ id: Id('team'), lead: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  { maxItems: 100 },
);
export type TeamsOfUser = Static<typeof TeamsOfUser>;

export const NewUser = Type.Object(
  {
    email: Email,
    name: Name,
    password: Password,
    role: RoleKey,
    teams: Type.Optional({ ...TeamsOfUser, description: 'The first one is the primary team' }),
  },
  { title: 'NewUser', additionalProperties: false },
);
export type NewUser = Static<typeof NewUser>;

export const UserPatch = Type.Object(
  {
    name: Type.Optional(Name),
    role: Type.Optional(RoleKey),
    teams: Type.Optional({ ...TeamsOfUser, description: 'All of them: what is not named is left' }),
    primaryTeamId: Type.Optional(Nullable(Id('team'), { description: 'One of their teams' })),
    status: Type.Optional(OneOf(['active', 'deactivated'] as const)),
  },
  { title: 'UserPatch', additionalProperties: false, minProperties: 1 },
);
export type UserPatch = Static<typeof UserPatch>;

export const MePatch = Type.Object(
  {
    name: Type.Optional(Name),
    timeZone: Type.Optional(
      Nullable(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$', maxLength: 64, examples: ['Asia/Kuala_Lumpur'] }), {
        description: 'An IANA name',
      }),
    ),
    password: Type.Optional({ ...Password, description: 'A new one; ends all other sessions' }),
    currentPassword: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Goes with `password`' })),
  },
  { title: 'MePatch', additionalProperties: false, minProperties: 1 },
);
export type MePatch = Static<typeof MePatch>;

export const UserFilter = Type.Object({
  status: Type.Optional(OneOf(['active', 'deactivated'] as const)),
  role: Type.Optional(RoleKey),
  teamId: Type.Optional(Id('team')),
});
export type UserFilter = Static<typeof UserFilter>;

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
