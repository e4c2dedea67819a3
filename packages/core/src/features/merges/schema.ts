import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';

export const mergeKinds = ['contact', 'conversation'] as const;
export type MergeKind = (typeof mergeKinds)[number];

export const Merge = Type.Object(
  {
    id: Id('merge'),
    kind: OneOf(mergeKinds),
    fromId: Type.String({ description: 'What went into the other one; it stays, so that this can be undone' }),
    intoId: Type.String({ description: 'What it is part of now' }),
    by: Type.String({ description: 'Who did it' }),
    at: Timestamp,
    undoneAt: Nullable(Timestamp),
  },
  { title: 'Merge' },
);
export type Merge = Static<typeof Merge>;

export const ContactLink = Type.Object(
  { contactId: Id('contact') },
  { title: 'ContactLink', additionalProperties: false, description: 'Who is the same person' },
);
export type ContactLink = Static<typeof ContactLink>;

export const ConversationMerge = Type.Object(
  { conversationId: Id('conversation') },
  { title: 'ConversationMerge', additionalProperties: false, description: 'The one whose messages move over' },
);
export type ConversationMerge = Static<typeof ConversationMerge>;

export const MergeFilter = Type.Object(
  {
    contactId: Type.Optional(Id('contact')),
    conversationId: Type.Optional(Id('conversation')),
  },
  { additionalProperties: false },
);
export type MergeFilter = Static<typeof MergeFilter>;
