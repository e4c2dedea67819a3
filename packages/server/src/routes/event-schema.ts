import {
  ConversationScalars,
  type EventType,
  encodeCursor,
  eventTypes,
  type LoggedEvent,
  Nullable,
  Timestamp,
  timestamp,
} from '@tims/core';
import Type, { type Static } from 'typebox';

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

export const Event = Type.Object(
  {
    id: Type.String(),
    type: Type.Unsafe<EventType>({ type: 'string', enum: Object.keys(eventTypes) }),
    entityId: Type.String(),
    entityVersion: Type.Integer(),
    conversationId: Type.Optional(Type.String()),
    conversationVersion: Type.Optional(Type.Integer()),
    before: Type.Optional(Nullable(ConversationScalars)),
    after: Type.Optional(ConversationScalars),
    changes: Type.Optional(
      Type.Unsafe<NonNullable<LoggedEvent['changes']>>(
        Type.Object({}, { additionalProperties: Type.Union([Scalar, Type.Array(Scalar)]) }),
      ),
    ),
    actor: Type.Object({ type: Type.String(), id: Type.String() }),
    at: Timestamp,
    cursor: Type.String({ description: 'The place of this event in the log' }),
  },
  { title: 'Event', description: 'One fact. It carries ids and scalars, never content: fetch what you show.' },
);
export type Event = Static<typeof Event>;

export function presentEvent(event: LoggedEvent): Event {
  const { organization: _organization, only: _only, sequence, at, ...rest } = event;
  return {
    ...rest,
    at: timestamp(at),
    cursor: encodeCursor({ sequence, eventId: event.id }),
  };
}
