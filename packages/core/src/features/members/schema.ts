import Type, { type Static } from 'typebox';
import { Id } from '../../kernel/schema.js';

export const NewMember = Type.Object(
  {
    userId: Id('user'),
    lead: Type.Optional(Type.Boolean({ description: 'Whether they lead the team; as it was unless told' })),
  },
  { title: 'NewMember', additionalProperties: false },
);
export type NewMember = Static<typeof NewMember>;
