import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';

export const noteKinds = ['note', 'feedback'] as const;
export type NoteKind = (typeof noteKinds)[number];

export const Note = Type.Object(
  {
    id: Id('note'),
    conversationId: Nullable(Id('conversation')),
    contactId: Nullable(Id('contact')),
    kind: OneOf(noteKinds, { description: '`feedback` is seen by the one it is about, their leads and its author' }),
    authorId: Type.String(),
    aboutUserId: Nullable(Id('user')),
    text: Type.String(),
    mentions: Type.Array(Id('user'), { description: 'Colleagues who are told of it' }),
    pinnedAt: Nullable(Timestamp),
    editedAt: Nullable(Timestamp),
    createdAt: Timestamp,
    version: Type.Integer(),
  },
  { title: 'Note' },
);
export type Note = Static<typeof Note>;

const text = Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S', examples: ['Asked for an invoice.'] });
const mentions = Type.Array(Id('user'), {
  maxItems: 20,
  uniqueItems: true,
  description: 'Colleagues to tell of it; each must be able to see what it is about',
});
const pinned = Type.Boolean({ description: 'Pinned notes come first' });

export const NewContactNote = Type.Object(
  { text, mentions: Type.Optional(mentions), pinned: Type.Optional(pinned) },
  { title: 'NewContactNote', additionalProperties: false },
);
export type NewContactNote = Static<typeof NewContactNote>;

export const NewNote = Type.Object(
  {
    ...NewContactNote.properties,
    kind: Type.Optional(OneOf(noteKinds, { default: 'note' })),
    aboutUserId: Type.Optional(
      Type.Unsafe<string>({ ...Id('user'), description: 'Of feedback: whose work it is about' }),
    ),
  },
  { title: 'NewNote', additionalProperties: false },
);
export type NewNote = Static<typeof NewNote>;

export const NotePatch = Type.Object(
  { text: Type.Optional(text), mentions: Type.Optional(mentions), pinned: Type.Optional(pinned) },
  { title: 'NotePatch', additionalProperties: false, minProperties: 1 },
);
export type NotePatch = Static<typeof NotePatch>;
