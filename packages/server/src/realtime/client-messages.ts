import { Id } from '@tims/core';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const Subscribe = Type.Object({
  type: Type.Literal('subscribe'),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});

const Presence = Type.Object(
  { type: Type.Literal('presence'), state: Type.Enum(['online', 'away']) },
  { additionalProperties: false },
);

const Viewing = Type.Object(
  { type: Type.Literal('viewing'), conversationId: Type.Union([Id('conversation'), Type.Null()]) },
  { additionalProperties: false },
);

const Typing = Type.Object(
  { type: Type.Literal('typing'), conversationId: Id('conversation'), on: Type.Boolean() },
  { additionalProperties: false },
);

const ClientMessage = Type.Union([Subscribe, Presence, Viewing, Typing]);

/** What a client may write. */
export type ClientMessage = Static<typeof ClientMessage>;

const checked = Compile(ClientMessage);

/** The message in a frame; undefined for everything else. */
export function readMessage(text: string): ClientMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return checked.Check(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
