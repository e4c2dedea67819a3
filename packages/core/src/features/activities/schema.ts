import Type, { type Static } from 'typebox';
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

/** What is being recorded; who, when and from where are the context's. */
export interface NewActivity {
  action: string;
  entityId?: string | undefined;
  conversationId?: string | undefined;
  data?: ActivityData;
}
