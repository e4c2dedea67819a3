import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

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
    tags: Type.Array(Id('tag')),
    identities: Type.Array(Identity),
    version: Type.Integer(),
    createdAt: Timestamp,
  },
  { title: 'Contact' },
);
export type Contact = Static<typeof Contact>;
