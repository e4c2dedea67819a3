import type { Message } from '../types.js';
import type { Outgoing } from './outbox.js';

/** One thing in a conversation: a message, or what is on its way to become one. */
export type TimelineItem =
  | { readonly type: 'message'; readonly id: string; readonly message: Message }
  | { readonly type: 'outgoing'; readonly id: string; readonly outgoing: Outgoing };

/**
 * The messages of a conversation with what is on its way behind them, each once. A message can be told over the socket
 * before the answer to its sending says that it is the one: while one is being sent, mine with the same text that came
 * after it stands for it.
 *
 * @param me the signed-in user's id
 */
export function timeline(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  conversationId: string,
  me: string,
): TimelineItem[] {
  const known = new Set(messages.map(({ id }) => id));
  const stoodFor = new Set(outgoing.flatMap(({ messageId }) => messageId ?? []));
  const pending = outgoing.filter((entry) => {
    if (entry.conversationId !== conversationId || (entry.messageId && known.has(entry.messageId))) return false;
    if (entry.state !== 'sending') return true;
    const since = messages.slice(messages.findIndex(({ id }) => id === entry.after) + 1);
    const arrived = since.find((message) => !stoodFor.has(message.id) && isIt(message, entry, me));
    if (arrived) stoodFor.add(arrived.id);
    return !arrived;
  });
  return [
    ...messages.map((message) => ({ type: 'message', id: message.id, message }) as const),
    ...pending.map((entry) => ({ type: 'outgoing', id: entry.key, outgoing: entry }) as const),
  ];
}

function isIt({ author, content }: Message, entry: Outgoing, me: string): boolean {
  return author.type === 'user' && author.id === me && content.type === 'text' && content.text === entry.text;
}
