import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';
import { AttributeValue } from '../contact-attributes/index.js';

export const Identity = Type.Object({
  id: Id('identity'),
  channelId: Id('channel'),
  name: Nullable(Type.String({ description: 'What the person calls themselves there' })),
  username: Nullable(Type.String()),
  keys: Type.Array(Type.Object({ type: Type.String(), value: Type.String() }), {
    description: 'How the channel addresses the person, e.g. `phone` or `user_id`',
  }),
  lastInboundAt: Nullable(Timestamp),
  optedOutAt: Nullable(Timestamp),
});
export type Identity = Static<typeof Identity>;

export const Contact = Type.Object(
  {
    id: Id('contact'),
    name: Nullable(Type.String()),
    kind: Type.String(),
    attributes: Type.Record(Type.String(), AttributeValue, {
      description: 'By key, see GET /api/contact-attributes; only what has a value',
    }),
    blockedAt: Nullable(Timestamp, { description: 'Since when nobody wants to hear from them; null: they are heard' }),
    mergedInto: Nullable(Id('contact'), { description: 'The contact that it was linked to, and is part of' }),
    tags: Type.Array(Id('tag')),
    identities: Type.Array(Identity),
    version: Type.Integer({ description: 'Rises with every change; keep the higher one' }),
    createdAt: Timestamp,
  },
  { title: 'Contact' },
);
export type Contact = Static<typeof Contact>;

const name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', examples: ['Mei Ling'] });
const kind = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,31}$',
  description: 'One of the organization’s `contactKinds`, see GET /api/me',
  examples: ['customer'],
});
const attributeKey = '^[a-z][a-z0-9_]{0,31}$';

export const NewContact = Type.Object(
  {
    name: Type.Optional(name),
    kind: Type.Optional(kind),
    attributes: Type.Optional(
      Type.Record(Type.String({ pattern: attributeKey }), AttributeValue, {
        additionalProperties: false,
        maxProperties: 100,
        description: 'By key, see GET /api/contact-attributes',
      }),
    ),
    identities: Type.Optional(
      Type.Array(
        Type.Object(
          {
            channelId: Id('channel'),
            address: Type.String({
              minLength: 1,
              maxLength: 191,
              description: "The channel's address of the person",
              examples: ['+60123456789'],
            }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10, description: 'Where they can be written to: POST /api/messages takes the same address' },
      ),
    ),
  },
  { title: 'NewContact', additionalProperties: false, minProperties: 1 },
);
export type NewContact = Static<typeof NewContact>;

export const ContactPatch = Type.Object(
  {
    name: Type.Optional(Nullable(name)),
    kind: Type.Optional(kind),
    attributes: Type.Optional(
      Type.Record(Type.String({ pattern: attributeKey }), Nullable(AttributeValue), {
        additionalProperties: false,
        maxProperties: 100,
        description: 'What is given changes, null takes a value away, the rest stays',
      }),
    ),
    blocked: Type.Optional(
      Type.Boolean({
        description: 'Blocking closes what goes on with them; what they write from then on wakes nobody',
      }),
    ),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The version that was read; where it is another one by now, 409' }),
    ),
  },
  { title: 'ContactPatch', additionalProperties: false, minProperties: 1 },
);
export type ContactPatch = Static<typeof ContactPatch>;

export const ContactFilter = Type.Object(
  {
    kind: Type.Optional(Type.String({ maxLength: 32, description: 'e.g. `tutor`' })),
    tagId: Type.Optional(Id('tag')),
    channelId: Type.Optional(Id('channel')),
    blocked: Type.Optional(Type.Boolean({ description: 'true: those who are blocked, the last first' })),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'How the name begins, case and accents aside; in the order of the names',
      }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 1_500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);
export type ContactFilter = Static<typeof ContactFilter>;
