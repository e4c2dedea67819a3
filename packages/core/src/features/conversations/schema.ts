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
    myUnreadCount: Type.Integer({ description: 'Inbound messages since the caller read' }),
    tags: Type.Array(Id('tag'), { description: 'See GET /api/tags' }),
    initiatedBy: OneOf(['contact', 'agent']),
    lastMessage: Nullable(LastMessage),
    lastActivityAt: Timestamp,
    waitingSince: Nullable(Timestamp),
    closeReason: Nullable(Type.String()),
    closedAt: Nullable(Timestamp),
    followUpAt: Nullable(Timestamp, { description: 'When the earliest open follow-up is due' }),
    floodedAt: Nullable(Timestamp, {
      description: 'When the customer last wrote so much at once that it no longer moved the queue',
    }),
    mergedInto: Nullable(Id('conversation')),
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
    contactKind: Type.Optional(Type.String({ maxLength: 32, description: 'e.g. `tutor`' })),
    tagId: Type.Optional(Id('tag')),
    unread: Type.Optional(Type.Boolean()),
    followUp: Type.Optional(
      OneOf(['due', 'open'], { description: 'Those whose follow-up is due, or that have one; earliest due first' }),
    ),
    from: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Last active at or after' })),
    to: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Last active before' })),
    order: Type.Optional(
      OneOf(['activity', 'waiting'], {
        description:
          '`activity`: last active first. `waiting`: those that wait for an answer, the longest first. `followUp` has its own order',
      }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);
export type ConversationFilter = Static<typeof ConversationFilter>;

/** The filter without order and place: what can be counted. */
const { cursor: _cursor, limit: _limit, order: _order, ...counted } = ConversationFilter.properties;
export const CountFilter = Type.Object(counted, { additionalProperties: false });
export type CountFilter = Static<typeof CountFilter>;

export const Closing = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The key or the name of a reason, see GET /api/close-reasons',
      examples: ['resolved'],
    }),
  },
  { title: 'Closing', additionalProperties: false },
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
