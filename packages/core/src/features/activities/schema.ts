import Type, { type Static } from 'typebox';
import type { Actor } from '../../kernel/actor.js';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

/** One thing that somebody did. It holds ids and small scalars, never content. */
export const Activity = Type.Object(
  {
    sequence: Type.Integer({ description: "Its place in the organization's chain, without gaps" }),
    at: Timestamp,
    actor: Type.Object({ type: Type.String({ description: '`user` or `system`' }), id: Type.String() }),
    via: Nullable(Type.String({ description: 'The session or API key that spoke for the user' })),
    ip: Nullable(Type.String()),
    action: Type.String({ description: 'The operation, e.g. `conversations.close`' }),
    entityId: Nullable(Type.String()),
    conversationId: Nullable(Id('conversation')),
    data: Type.Unsafe<ActivityData>(
      Type.Object({}, { additionalProperties: true, description: 'Scalars before and after, ids of what it touched' }),
    ),
  },
  { title: 'Activity' },
);
export type Activity = Static<typeof Activity>;

type Scalar = string | number | boolean | null;
export type ActivityData = Record<string, Scalar | readonly Scalar[]>;

/** What is being recorded; who, when and from where are the context's unless told. */
export interface NewActivity {
  action: string;
  entityId?: string | undefined;
  conversationId?: string | undefined;
  data?: ActivityData;
  /** Who did it, where the transaction is not theirs: a log-in, or what was collected and written later. */
  by?: Actor | undefined;
  /** When, epoch milliseconds, where that was earlier. */
  at?: number | undefined;
}

const time = (description: string) => Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description }));

/** What the log is narrowed by. */
export const ActivityFilter = Type.Object(
  {
    userId: Type.Optional(Id('user')),
    action: Type.Optional(
      Type.String({
        pattern: '^[a-z][a-zA-Z_.]{0,63}$',
        description: 'The operation, e.g. `conversations.close`',
        examples: ['conversations.close'],
      }),
    ),
    entityId: Type.Optional(Type.String({ pattern: '^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$', description: 'Any id' })),
    conversationId: Type.Optional(Id('conversation')),
    via: Type.Optional(
      Type.String({ pattern: '^(ses|key)_[0-9a-hjkmnp-tv-z]{26}$', description: 'A session or an API key' }),
    ),
    from: time('At this time or later'),
    to: time('Before this time'),
  },
  { additionalProperties: false },
);
export type ActivityFilter = Static<typeof ActivityFilter>;

/** Where a chain was seen to end. Kept elsewhere, it later shows whether the log was put back to an earlier state. */
const Mark = Type.Object({ sequence: Type.Integer(), mac: Type.String({ description: 'The code of that row' }) });
export type Mark = Static<typeof Mark>;

/** The ways in which a chain can be broken, with what each means. */
export const faultKinds = {
  edited: 'The row is not the one that was written: edited, put in, or in another place',
  missing: 'The row is not there',
  cut_off: 'The rows from here on are not there',
  not_recorded: 'The row stands outside the chain: nobody with the key wrote it',
  head: 'Where the chain ends is not vouched for: another head was put in, or it was removed',
  checkpoint: 'Where the chain begins is not vouched for',
  unexpected: 'The row has another code than the one that was kept elsewhere',
} as const;
export type FaultKind = keyof typeof faultKinds;

export const ActivityVerification = Type.Object(
  {
    verified: Type.Integer({ description: 'Rows of this part that hold' }),
    begin: Type.Integer({ description: 'The first row that is kept; those before it were purged' }),
    fault: Nullable(
      Type.Object({
        sequence: Type.Integer({ description: 'The first row that is at fault' }),
        kind: Type.Enum(Object.keys(faultKinds) as FaultKind[]), // its own keys
        detail: Type.String(),
      }),
    ),
    head: Nullable(Mark),
    nextCursor: Nullable(Type.String({ description: 'Where to go on; null at the end, or at a fault' })),
  },
  { title: 'ActivityVerification' },
);
export type ActivityVerification = Static<typeof ActivityVerification>;

export const ActivityPurge = Type.Object(
  { before: Type.String({ format: 'date-time', maxLength: 40, description: 'Not within the last 31 days' }) },
  { title: 'ActivityPurge', additionalProperties: false },
);
export type ActivityPurge = Static<typeof ActivityPurge>;

export const PurgedActivities = Type.Object(
  {
    through: Type.Integer({ description: 'The last row that was purged; 0 where none ever was' }),
    more: Type.Boolean({ description: 'There is more to purge: call again' }),
  },
  { title: 'PurgedActivities' },
);
export type PurgedActivities = Static<typeof PurgedActivities>;
