import Type, { type Static } from 'typebox';
import { Id } from '../../kernel/schema.js';
import { Message } from '../messages/index.js';

export const StreamMessage = Type.Object(
  {
    ...Message.properties,
    channel: Type.Object({ id: Id('channel'), kind: Type.String(), name: Type.String() }),
  },
  { title: 'StreamMessage', description: 'A message, and the channel it was said on' },
);
export type StreamMessage = Static<typeof StreamMessage>;
