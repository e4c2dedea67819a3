import Type, { type Static } from 'typebox';
import { OneOf, Timestamp } from '../../kernel/schema.js';

/** What a value can be. The list is closed: clients draw a field for each. */
export const attributeTypes = ['text', 'number', 'boolean', 'date', 'url', 'email', 'select'] as const;
export type AttributeType = (typeof attributeTypes)[number];

const fields = {
  key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$', description: 'Never changes', examples: ['plan'] }),
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', examples: ['Plan'] }),
  type: OneOf(attributeTypes, { description: 'Never changes; a `date` is a day, such as `2026-01-31`' }),
  options: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), {
    maxItems: 100,
    uniqueItems: true,
    description: 'What a `select` can be; none for other types',
  }),
  position: Type.Integer({ minimum: 0, maximum: 10_000, description: 'Where it stands in the list' }),
};

export const ContactAttribute = Type.Object(
  { ...fields, version: Type.Integer(), createdAt: Timestamp },
  { title: 'ContactAttribute' },
);
export type ContactAttribute = Static<typeof ContactAttribute>;

export const NewContactAttribute = Type.Object(
  {
    key: fields.key,
    name: fields.name,
    type: fields.type,
    options: Type.Optional(fields.options),
    position: Type.Optional(fields.position),
  },
  { title: 'NewContactAttribute', additionalProperties: false },
);
export type NewContactAttribute = Static<typeof NewContactAttribute>;

export const ContactAttributePatch = Type.Object(
  {
    name: Type.Optional(fields.name),
    options: Type.Optional(fields.options),
    position: Type.Optional(fields.position),
  },
  { title: 'ContactAttributePatch', additionalProperties: false, minProperties: 1 },
);
export type ContactAttributePatch = Static<typeof ContactAttributePatch>;

/** A value as it is stored and shown: of a date, an address or a choice it is the text. */
export const AttributeValue = Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()]);
export type AttributeValue = Static<typeof AttributeValue>;
