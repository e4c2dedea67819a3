import Type, { type Static } from 'typebox';

/** Everything that can happen, once. Clients and outbound webhooks know these names. */
export const eventTypes = {
  'contact.created': 'A person wrote, or was written to, for the first time, or was imported',
  'contact.updated': 'A name, a kind, an attribute, a tag or an identity of the contact changed',
  'contact.linked': 'Two contacts turned out to be one person, or no longer are',
  'contact.erased': 'A person was erased, with everything they said',
  'conversation.created': 'A new conversation stands in a queue',
  'conversation.assigned': 'Somebody took the conversation or was given it, or it went to another team',
  'conversation.pending': 'The conversation waits for the customer, or for a time',
  'conversation.closed': 'The conversation was closed with a reason',
  'conversation.reopened': 'A closed conversation is open again',
  'conversation.woken': 'A pending conversation is open again',
  'conversation.read': 'The conversation was read up to a message',
  'conversation.tagged': 'A tag was put on the conversation or taken off',
  'conversation.merged': 'The conversation was merged into another one, or is apart from it again',
  'conversation.updated': 'Something else of the conversation changed',
  'message.created': 'A message came in or was accepted for sending',
  'message.updated': 'A delivery state, a reaction, an edit, a tag or a deletion',
  'message.withdrawn': 'A message was taken back before it was sent',
  'note.created': 'A note was written',
  'note.updated': 'A note was changed or pinned',
  'note.deleted': 'A note was removed',
  'follow_up.created': 'A conversation is to come back at a time',
  'follow_up.updated': 'A follow-up was moved or given to somebody else',
  'follow_up.due': "A follow-up's time has come",
  'follow_up.done': 'A follow-up is done',
  'draft.updated': "The reader's own draft changed on another device",
  'notification.created': 'Something is for the reader to know',
  'notification.read': 'The reader has read notifications',
  'view.updated': 'A saved view was made, changed or removed',
  'tag.updated': 'A tag was made, changed or removed',
  'canned_response.updated': 'A canned response was made, changed or removed',
  'close_reason.updated': 'A reason for closing was made, changed or removed',
  'import.updated': 'An import of contacts went on or ended',
  'attribute.updated': "A contacts' attribute was made, changed or removed",
  'settings.updated': "The organization's settings changed",
  'role.updated': 'A role was made, changed or removed',
  'invitation.updated': 'Somebody was invited, accepted, or is no longer invited',
  'key.updated': 'An API key was made or revoked',
  'channel.created': 'A channel was connected',
  'channel.updated': 'A channel was changed',
  'channel.notice': 'The provider told something about a channel or an account',
  'team.created': 'A team was created',
  'team.updated': 'A team or its members changed',
  'user.created': 'A user was added',
  'user.updated': 'A user was changed, deactivated or activated',
  'session.ended': "One of the reader's own sessions ended",
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
  /** The users whom alone it concerns: their drafts, notifications, what was written for their eyes. */
  only?: readonly string[];
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
