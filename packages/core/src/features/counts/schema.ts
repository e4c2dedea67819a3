import Type, { type Static } from 'typebox';
import { Id, Nullable } from '../../kernel/schema.js';

const count = {
  total: Type.Integer({ description: 'Conversations' }),
  unread: Type.Integer({ description: 'Those of them in which something is unread' }),
};
const Count = Type.Object(count);

/** How many conversations the caller sees, by the places where they look for them. */
export const Counts = Type.Object(
  {
    mine: Type.Object(count, { description: 'Open, and assigned to the caller' }),
    queue: Type.Object(count, { description: 'Waiting for somebody to take them: status `queued`' }),
    all: Type.Object(count, { description: 'Open' }),
    filtered: Nullable(
      Type.Object(
        {
          total: Type.Integer({ description: 'Conversations; at most 1,000 where `exact` is false' }),
          exact: Type.Boolean(),
        },
        { description: 'What the filter leaves over; null where none was given' },
      ),
    ),
    pending: Count,
    closed: Count,
    teams: Type.Array(Type.Object({ teamId: Id('team'), ...count }), { description: 'Open ones, by team' }),
    channels: Type.Array(Type.Object({ id: Id('channel'), kind: Type.String(), name: Type.String(), ...count }), {
      description: 'Open ones, by channel',
    }),
  },
  { title: 'Counts' },
);
export type Counts = Static<typeof Counts>;
export type Count = Static<typeof Count>;
