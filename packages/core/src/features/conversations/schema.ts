import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { handlers, lifecycles, statuses } from './state.js';

/** One line about the last message, for lists. */
export const LastMessage = Type.Object({
  id: Id('message'),
  direction: OneOf(['inbound', 'outbound']),
  type: Type.String(),
  preview: Type.String({ description: 'The beginning of its text or caption; empty where it has none' }),
  state: Nullable(Type.String()),
  at: Timestamp,
  version: Type.Integer(),
});

export const Conversation = Type.Object(
  {
    id: Id('conversation'),
    status: OneOf(statuses),
    lifecycle: OneOf(lifecycles),
    handler: OneOf(handlers),
    handlerVersion: Type.Integer({ description: 'Rises whenever somebody else answers' }),
    channel: Type.Object({ id: Id('channel'), kind: Type.String(), name: Type.String() }),
    contact: Type.Object({
      id: Id('contact'),
      name: Nullable(Type.String()),
      kind: Type.String(),
      version: Type.Integer(),
    }),
    teamId: Id('team'),
    assigneeId: Nullable(Id('user')),
    unreadCount: Type.Integer({ description: 'Inbound messages since somebody of the team read' }),
    initiatedBy: OneOf(['contact', 'agent']),
    lastMessage: Nullable(LastMessage),
    lastActivityAt: Timestamp,
    waitingSince: Nullable(Timestamp),
    closeReason: Nullable(Type.String()),
    closedAt: Nullable(Timestamp),
    createdAt: Timestamp,
    version: Type.Integer({ description: 'Rises with every change; keep the higher one' }),
  },
  { title: 'Conversation' },
);
export type Conversation = Static<typeof Conversation>;

export const ConversationFilter = Type.Object(
  {
    lifecycle: Type.Optional(OneOf(lifecycles)),
    status: Type.Optional(OneOf(statuses)),
    teamId: Type.Optional(Id('team')),
    assigneeId: Type.Optional(Id('user')),
    channelId: Type.Optional(Id('channel')),
    contactId: Type.Optional(Id('contact')),
    unread: Type.Optional(Type.Boolean()),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);
export type ConversationFilter = Static<typeof ConversationFilter>;

export const CloseReason = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 200, examples: ['resolved'] }) },
  { title: 'CloseReason', additionalProperties: false },
);

export const Assignment = Type.Object(
  {
    assigneeId: Type.Optional(Nullable(Id('user'))),
    teamId: Type.Optional(Id('team')),
  },
  {
    title: 'Assignment',
    additionalProperties: false,
    minProperties: 1,
    description: 'A user takes over; `assigneeId: null` puts it back into its queue; `teamId` moves it to that queue',
  },
);

export const ReadMark = Type.Object(
  { messageId: Type.Optional(Id('message')) },
  { title: 'ReadMark', additionalProperties: false, description: 'Read up to this message; the last one unless told' },
);

export const CanSend = Type.Object(
  {
    allowed: Type.Array(Type.String(), { description: 'Message types that may be sent now' }),
    reason: Nullable(Type.String({ description: 'Why the others may not' })),
    windowEndsAt: Nullable(Timestamp),
  },
  { title: 'CanSend' },
);
export type CanSend = Static<typeof CanSend>;
