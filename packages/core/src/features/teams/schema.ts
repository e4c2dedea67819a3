import Type, { type Static } from 'typebox';
import { Id, Timestamp } from '../../kernel/schema.js';

export const Team = Type.Object(
  {
    id: Id('team'),
    key: Type.String({ description: 'The short code, e.g. `cx`' }),
    name: Type.String(),
    members: Type.Array(Type.Object({ userId: Id('user'), lead: Type.Boolean() })),
    version: Type.Integer(),
    createdAt: Timestamp,
  },
  { title: 'Team' },
);
export type Team = Static<typeof Team>;

const Key = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$', examples: ['tx'] });
const Name = Type.String({ minLength: 1, maxLength: 200, examples: ['Tutor Experience'] });

export const NewTeam = Type.Object({ key: Key, name: Name }, { title: 'NewTeam', additionalProperties: false });
export type NewTeam = Static<typeof NewTeam>;

export const TeamPatch = Type.Object(
  { key: Type.Optional(Key), name: Type.Optional(Name) },
  { title: 'TeamPatch', additionalProperties: false, minProperties: 1 },
);
export type TeamPatch = Static<typeof TeamPatch>;
