import Type, { type Static } from 'typebox';

/**
 * What a message says: one union for all channels, told apart by `type`. `v` is the version of that type's shape;
 * a reader that meets a newer one shows the type's name instead of failing.
 */
const version = Type.Literal(1);

/** Where the provider keeps a file until a job has fetched it. */
export const MediaReference = Type.Object({
  externalId: Type.Optional(Type.String({ description: "The provider's id of the file" })),
  mimeType: Type.Optional(Type.String()),
  sha256: Type.Optional(Type.String({ description: 'Base 64, as WhatsApp gives it in webhooks' })),
  filename: Type.Optional(Type.String()),
  voice: Type.Optional(Type.Boolean({ description: 'Recorded in the app rather than attached' })),
  animated: Type.Optional(Type.Boolean()),
  failed: Type.Optional(Type.String({ description: 'Why the provider itself could not keep the file' })),
});
export type MediaReference = Static<typeof MediaReference>;

export const TextContent = Type.Object({ type: Type.Literal('text'), v: version, text: Type.String() });

const media = <T extends string>(type: T) =>
  Type.Object({
    type: Type.Literal(type),
    v: version,
    media: MediaReference,
    caption: Type.Optional(Type.String()),
  });

export const LocationContent = Type.Object({
  type: Type.Literal('location'),
  v: version,
  latitude: Type.Number(),
  longitude: Type.Number(),
  name: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
});

export const ContactsContent = Type.Object({
  type: Type.Literal('contacts'),
  v: version,
  contacts: Type.Array(
    Type.Object({
      name: Type.String(),
      phones: Type.Array(Type.String()),
      emails: Type.Array(Type.String()),
    }),
  ),
});

/** A tap on a button, a list row or a template's quick reply. */
export const ChoiceContent = Type.Object({
  type: Type.Literal('choice'),
  v: version,
  id: Type.String({ description: 'What the sender of the buttons gave as the id or payload' }),
  title: Type.String(),
  description: Type.Optional(Type.String()),
});

/** A filled-in form (WhatsApp Flow, address form). The provider's JSON is kept as text: it is not always JSON. */
export const FormContent = Type.Object({
  type: Type.Literal('form'),
  v: version,
  name: Type.String(),
  body: Type.Optional(Type.String()),
  response: Type.String(),
});

export const OrderContent = Type.Object({
  type: Type.Literal('order'),
  v: version,
  catalogId: Type.String(),
  text: Type.Optional(Type.String()),
  items: Type.Array(
    Type.Object({
      productId: Type.String(),
      quantity: Type.Number(),
      price: Type.Number(),
      currency: Type.String(),
    }),
  ),
});

/** Something the channel cannot express yet. `raw` keeps what came, so that nothing is lost. */
export const UnsupportedContent = Type.Object({
  type: Type.Literal('unsupported'),
  v: version,
  what: Type.String({ description: "The provider's own name for it, e.g. `poll_creation`" }),
  raw: Type.Unknown(),
});

/** What was said by or to somebody who was erased: that something was said stays, so that figures hold. */
export const ErasedContent = Type.Object({ type: Type.Literal('erased'), v: version });

export const MessageContent = Type.Union([
  TextContent,
  media('image'),
  media('video'),
  media('audio'),
  media('document'),
  media('sticker'),
  LocationContent,
  ContactsContent,
  ChoiceContent,
  FormContent,
  OrderContent,
  UnsupportedContent,
  ErasedContent,
]);
export type MessageContent = Static<typeof MessageContent>;
export type MessageType = MessageContent['type'];
