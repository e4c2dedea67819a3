import Type, { type Static } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../../kernel/schema.js';

export const searchKinds = ['message', 'contact', 'note', 'tag'] as const;
export type SearchKind = (typeof searchKinds)[number];

export const SearchHit = Type.Object(
  {
    kind: OneOf(searchKinds),
    id: Type.String({ description: "The message's, contact's, note's or tag's id" }),
    conversationId: Nullable(Id('conversation')),
    contactId: Nullable(Id('contact')),
    at: Timestamp,
    excerpt: Type.String({ description: 'A piece of the text around the first match: plain text, not HTML' }),
    ranges: Type.Array(Type.Object({ start: Type.Integer(), length: Type.Integer() }), {
      description: 'What matched, as places in `excerpt`, in UTF-16 units as JavaScript counts them',
    }),
  },
  { title: 'SearchHit' },
);
export type SearchHit = Static<typeof SearchHit>;

const question = {
  q: Type.String({
    maxLength: 500,
    description:
      'Words, all of which must be there, in any case and with or without accents. The last one may be a beginning. ' +
      'What stands in double quotation marks must stand so in the text. A phone number, in any spacing, or the ' +
      'beginning of one finds its contact. There is no other syntax.',
    examples: ['aisyah pay'],
  }),
};

const narrowed = {
  order: Type.Optional(
    OneOf(['newest', 'relevance'], {
      default: 'newest',
      description: '`relevance` puts the newest 200 hits in order of how well they fit, then the 200 before them',
    }),
  ),
  conversationId: Type.Optional(Id('conversation')),
  contactId: Type.Optional(Id('contact')),
  channelId: Type.Optional(Id('channel')),
  from: Type.Optional(
    Type.String({ format: 'date-time', maxLength: 40, description: 'Only what is of then or later' }),
  ),
  to: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Only what is of before' })),
  cursor: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'The `nextCursor` of the page before. A page may be short, even empty, and have a next one: one request looks at ' +
        'so many places at most. Only a `nextCursor` of null means the end.',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
};

export const MessageSearch = Type.Object({ ...question, ...narrowed }, { additionalProperties: false });
export type MessageSearch = Static<typeof MessageSearch>;

/** What can be looked in, as it is asked for. */
export const searchPlaces = ['messages', 'contacts', 'notes', 'tags'] as const;

export const Search = Type.Object(
  {
    ...question,
    in: Type.Optional(
      Type.String({
        pattern: `^(${searchPlaces.join('|')})(,(${searchPlaces.join('|')})){0,3}$`,
        description: `Where to look, separated by commas: ${searchPlaces.join(', ')}. Everywhere unless told`,
        examples: ['messages,notes'],
      }),
    ),
    ...narrowed,
  },
  { additionalProperties: false },
);
export type Search = Static<typeof Search>;
