import Type, { type Static } from 'typebox';
import { Id } from '../../kernel/schema.js';

export const Transfer = Type.Object(
  {
    assigneeId: Type.Optional(Id('user')),
    teamId: Type.Optional(Id('team')),
    note: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 10_000,
        pattern: '\\S',
        description: 'What whoever takes over should know; kept as a note of the conversation',
        examples: ['She has paid twice, see the second receipt.'],
      }),
    ),
  },
  {
    title: 'Transfer',
    additionalProperties: false,
    minProperties: 1,
    description: 'To a colleague, or to the queue of a team',
  },
);
export type Transfer = Static<typeof Transfer>;
