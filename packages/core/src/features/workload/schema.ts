import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

const load = {
  open: Type.Integer({ description: 'Open conversations that are assigned to them, in whatever team' }),
  unanswered: Type.Integer({ description: 'Those of them whose customer waits for an answer' }),
  oldestWaitingSince: Nullable(Timestamp),
};

export const Workload = Type.Object(
  {
    teamId: Id('team'),
    queue: Type.Object({
      waiting: Type.Integer({ description: 'Conversations that wait for somebody to take them' }),
      oldestWaitingSince: Nullable(Timestamp),
    }),
    agents: Type.Array(
      Type.Object({
        userId: Id('user'),
        name: Type.String(),
        lead: Type.Boolean(),
        online: Type.Boolean(),
        ...load,
        overloaded: Type.Boolean({ description: 'Has as many open ones as the setting `overloadAt`, or more' }),
      }),
      { description: 'The active members, the most loaded first' },
    ),
  },
  { title: 'Workload' },
);
export type Workload = Static<typeof Workload>;
