import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const Draft = Type.Object(
  {
    conversationId: Id('conversation'),
    text: Type.String({ description: 'Empty where there is no draft' }),
    replyTo: Nullable(Id('message')),
    version: Type.Integer({ description: '0 where there is no draft' }),
    updatedAt: Nullable(Timestamp),
  },
  { title: 'Draft' },
);
export type Draft = Static<typeof Draft>;

export const DraftText = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 65_536, examples: ['Good morning, your'] }),
    replyTo: Type.Optional(Nullable(Id('message'))),
    version: Type.Integer({
      minimum: 0,
      maximum: 2_000_000_000,
      description: 'The version that was last seen, also of a draft that is gone; 0 where none was',
    }),
  },
  { title: 'DraftText', additionalProperties: false },
);
export type DraftText = Static<typeof DraftText>;
