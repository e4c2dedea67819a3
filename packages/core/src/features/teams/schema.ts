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

export const NewTeam = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,31}$', examples: ['tx'] }),
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Tutor Experience'] }),
  },
  { title: 'NewTeam', additionalProperties: false },
);
export type NewTeam = Static<typeof NewTeam>;
