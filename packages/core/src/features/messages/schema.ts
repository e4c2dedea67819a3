import Type, { type Static } from 'typebox';
import { idPattern } from '../../kernel/ids.js';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';
import { MessageContent } from '../../plugin/index.js';

export const messageStates = ['queued', 'sending', 'unknown', 'sent', 'failed', 'delivered', 'read', 'played'] as const;
export type MessageState = (typeof messageStates)[number];

export const Message = Type.Object(
  {
    id: Id('message'),
    conversationId: Id('conversation'),
    channelId: Id('channel'),
    direction: OneOf(['inbound', 'outbound']),
    origin: Type.String({ description: '`live`, `echo` (written outside TIMS), `history` (imported) or `standby`' }),
    author: Type.Object({
      type: OneOf(['contact', 'user', 'channel']),
      id: Nullable(Type.String({ description: "The identity's or the user's id; null for the channel itself" })),
    }),
    content: MessageContent,
    state: Nullable(OneOf(messageStates)),
    error: Nullable(
      Type.Object({
        code: Type.String({ description: "The provider's code" }),
        text: Type.String(),
        kind: Type.String(),
        retryable: Type.Boolean({ description: 'Whether sending it again can help' }),
      }),
    ),
    replyTo: Nullable(
      Type.Object({
        externalId: Type.String(),
        messageId: Nullable(Id('message')),
      }),
    ),
    reactions: Type.Array(Type.Object({ author: Type.String(), emoji: Type.String() })),
    tags: Type.Array(Id('tag')),
    withdrawableUntil: Nullable(Timestamp, {
      description: 'Until then its author may take it back: DELETE /api/messages/{id}',
    }),
    flood: Type.Boolean({ description: 'One of so many at once that it did not move the queue' }),
    blocked: Type.Boolean({ description: 'It came while the contact was blocked, and woke nobody' }),
    sentAt: Timestamp,
    receivedAt: Timestamp,
    displayAt: Timestamp,
    deliveredAt: Nullable(Timestamp),
    readAt: Nullable(Timestamp),
    editedAt: Nullable(Timestamp),
    revokedAt: Nullable(Timestamp),
    version: Type.Integer(),
  },
  { title: 'Message' },
);
export type Message = Static<typeof Message>;

const say = {
  text: Type.String({ minLength: 1, maxLength: 65_536, description: 'The text; the channel may allow less' }),
  replyTo: Type.Optional(Type.String({ pattern: idPattern('message'), description: 'Quotes this message' })),
};

/** Into a conversation, or to somebody over a channel, which starts a conversation where none goes on. */
export const NewMessage = Type.Union(
  [
    Type.Object(
      {
        conversationId: Id('conversation'),
        ...say,
        seen: Type.Optional(
          Type.String({
            pattern: idPattern('message'),
            description: 'The last message that the writer saw: who answered after it is told of before this is sent',
          }),
        ),
        force: Type.Optional(Type.Boolean({ description: 'Send although somebody else has answered' })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        channelId: Id('channel'),
        to: Type.String({
          minLength: 1,
          maxLength: 191,
          description: "The channel's address of the person",
          examples: ['+60123456789'],
        }),
        text: say.text,
      },
      { additionalProperties: false },
    ),
  ],
  { title: 'NewMessage' },
);
export type NewMessage = Static<typeof NewMessage>;
