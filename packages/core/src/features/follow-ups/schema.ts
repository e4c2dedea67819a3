import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const FollowUp = Type.Object(
  {
    id: Id('followUp'),
    conversationId: Id('conversation'),
    userId: Type.String({ description: 'Who is reminded' }),
    dueAt: Timestamp,
    due: Type.Boolean({ description: 'It is open and its time has come' }),
    text: Nullable(Type.String()),
    createdBy: Type.String(),
    doneAt: Nullable(Timestamp),
    createdAt: Timestamp,
    version: Type.Integer(),
  },
  { title: 'FollowUp' },
);
export type FollowUp = Static<typeof FollowUp>;

const dueAt = Type.String({
  minLength: 10,
  maxLength: 40,
  description:
    "An instant with its offset (`2026-11-23T09:00+08:00`), or without one the time in the caller's own zone (`2026-11-23T09:00`)",
  examples: ['2026-11-23T09:00'],
});
const text = Nullable(Type.String({ maxLength: 500, examples: ['Has the transfer arrived?'] }));

export const NewFollowUp = Type.Object(
  {
    dueAt,
    userId: Type.Optional(
      Type.Unsafe<string>({ ...Id('user'), description: 'Who is reminded; the caller unless told' }),
    ),
    text: Type.Optional(text),
    pending: Type.Optional(
      Type.Boolean({ description: 'The conversation waits until then, or until its customer writes' }),
    ),
  },
  { title: 'NewFollowUp', additionalProperties: false },
);
export type NewFollowUp = Static<typeof NewFollowUp>;

export const FollowUpPatch = Type.Object(
  {
    dueAt: Type.Optional(dueAt),
    snoozeMinutes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 525_600, description: 'It is due that many minutes from now' }),
    ),
    userId: Type.Optional(Id('user')),
    text: Type.Optional(text),
    done: Type.Optional(Type.Boolean()),
  },
  { title: 'FollowUpPatch', additionalProperties: false, minProperties: 1 },
);
export type FollowUpPatch = Static<typeof FollowUpPatch>;

export const FollowUpFilter = Type.Object(
  {
    due: Type.Optional(Type.Boolean({ description: 'Only those whose time has come, or only those to come' })),
    userId: Type.Optional(Id('user')),
    teamId: Type.Optional(Id('team')),
    conversationId: Type.Optional(Id('conversation')),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);
export type FollowUpFilter = Static<typeof FollowUpFilter>;
