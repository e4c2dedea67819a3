import type { Message } from '../types.js';
import type { Outgoing } from './outgoing.js';

/** One thing in a conversation: a message, or what is on its way to become one. */
export type TimelineItem =
  | { readonly type: 'message'; readonly id: string; readonly message: Message }
  | { readonly type: 'outgoing'; readonly id: string; readonly outgoing: Outgoing };

/**
 * The messages of a conversation with what is on its way behind them, each once. A message can be told over the socket
 * before the answer to its sending says that it is the one, or while that answer is lost: while one is being sent, or
 * waits to be asked for again, mine with the same text that came after it stands for it.
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
    if (entry.state !== 'sending' && !(entry.state === 'queued' && entry.error)) return true;
    const arrived = since(messages, entry.after).find(
      (message) => !stoodFor.has(message.id) && isIt(message, entry, me),
    );
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

/** What came after a message. One that is not among them is older than all, or not told yet: ids rise with time. */
function since(messages: readonly Message[], after: string | undefined): readonly Message[] {
  if (after === undefined) return messages;
  const place = messages.findIndex(({ id }) => id === after);
  return place < 0 ? messages.filter(({ id }) => id > after) : messages.slice(place + 1);
}
