import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';

export const notificationKinds = ['mention', 'feedback', 'assignment', 'reminder', 'message'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const Notification = Type.Object(
  {
    id: Id('notification'),
    kind: OneOf(notificationKinds, {
      description:
        'A mention in a note; feedback on the reader’s work; a conversation given to them; a follow-up that is due; a message in a conversation that they watch',
    }),
    conversationId: Nullable(Id('conversation')),
    entityId: Type.String({ description: 'The note, the conversation, the follow-up or the message' }),
    actor: Type.Object({ type: Type.String(), id: Type.String() }, { description: 'Who made it happen' }),
    readAt: Nullable(Timestamp),
    createdAt: Timestamp,
  },
  { title: 'Notification' },
);
export type Notification = Static<typeof Notification>;

export const NotificationFilter = Type.Object(
  {
    unread: Type.Optional(Type.Boolean({ description: 'Only those that are unread, or only those that are read' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);
export type NotificationFilter = Static<typeof NotificationFilter>;

export const NotificationsRead = Type.Union(
  [
    Type.Object(
      { ids: Type.Array(Id('notification'), { minItems: 1, maxItems: 100 }) },
      { additionalProperties: false },
    ),
    Type.Object(
      { upTo: Type.Unsafe<string>({ ...Id('notification'), description: 'This one and all that are older' }) },
      { additionalProperties: false },
    ),
    Type.Object({ all: Type.Literal(true) }, { additionalProperties: false }),
  ],
  { title: 'NotificationsRead' },
);
export type NotificationsRead = Static<typeof NotificationsRead>;
