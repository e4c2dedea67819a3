import Type, { type Static } from 'typebox';

/** Everything that can happen, once. Clients and outbound webhooks know these names. */
export const eventTypes = {
  'contact.created': 'A person wrote, or was written to, for the first time',
  'contact.updated': 'A name or an identity of the contact changed',
  'conversation.created': 'A new conversation stands in a queue',
  'conversation.assigned': 'Somebody took the conversation or was given it, or it went to another team',
  'conversation.closed': 'The conversation was closed with a reason',
  'conversation.reopened': 'A closed conversation is open again',
  'conversation.woken': 'A pending conversation is open again',
  'conversation.read': 'The conversation was read up to a message',
  'conversation.updated': 'Something else of the conversation changed',
  'message.created': 'A message came in or was accepted for sending',
  'message.updated': 'A delivery state, a reaction, an edit or a deletion',
  'channel.created': 'A channel was connected',
  'channel.updated': 'A channel was changed',
  'channel.notice': 'The provider told something about a channel or an account',
  'team.created': 'A team was created',
  'team.updated': 'A team or its members changed',
  'user.created': 'A user was added',
  'user.updated': 'A user was changed, deactivated or activated',
} as const;

export type EventType = keyof typeof eventTypes;

/** The state of a conversation as far as queues, counts and visibility depend on it. */
export const ConversationScalars = Type.Object({
  channelId: Type.String(),
  teamId: Type.String(),
  assigneeId: Type.Union([Type.String(), Type.Null()]),
  lifecycle: Type.String(),
  handler: Type.String(),
  unread: Type.Integer(),
});
export type ConversationScalars = Static<typeof ConversationScalars>;

/** One fact that is being appended. It carries ids and small scalars, never content: readers fetch what they show. */
export interface NewEvent {
  type: EventType;
  entityId: string;
  entityVersion: number;
  /** Present where the event is about a conversation or something in it. */
  conversationId?: string;
  conversationVersion?: number;
  /** The conversation before; absent where it was not there or did not change. */
  before?: ConversationScalars | null;
  /** The conversation after; says who may see the event. */
  after?: ConversationScalars;
  /** Small scalars of the entity, e.g. `{state: ['sent', 'delivered']}`. */
  changes?: Record<string, string | number | boolean | null | readonly (string | number | boolean | null)[]>;
}

/** A fact as it stands in the log. */
export interface LoggedEvent extends NewEvent {
  id: string;
  organization: string;
  sequence: number;
  actor: { type: string; id: string };
  /** Epoch milliseconds. */
  at: number;
}
