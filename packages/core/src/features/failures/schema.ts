import Type, { type Static } from 'typebox';
import { Id, Nullable, Timestamp } from '../../kernel/schema.js';

export const InboundFailure = Type.Object(
  {
    id: Id('inboundFailure'),
    kind: Type.String({ description: 'The channel plugin' }),
    channelId: Nullable(Id('channel')),
    reason: Type.String({
      description: '`malformed_json`, `unknown_shape`, `unknown_address`, `foreign_address`, `poison`',
    }),
    detail: Type.String(),
    size: Type.Integer({ description: 'Bytes of the kept body' }),
    attempts: Type.Integer(),
    receivedAt: Timestamp,
    replayedAt: Nullable(Timestamp),
  },
  { title: 'InboundFailure' },
);
export type InboundFailure = Static<typeof InboundFailure>;
