import { type Data, remember } from './data.js';
import type { Layout } from './state/layout.js';
import { contactName } from './state/people.js';
import { type ThreadLine, threadLines } from './view/message-lines.js';

/**
 * The lines of the open conversation, made anew only when something of them changed.
 *
 * @param unreadFrom the first message that was unread when the conversation was opened
 */
export function createThreadLines(unreadFrom: (id: string) => string | undefined, now: () => number) {
  const made = remember(
    (
      items: Data['items'],
      people: Data['people'],
      contact: string,
      channel: string,
      width: number,
      from: string | undefined,
      // Another one, and the dividers between days say something else.
      _day: string,
    ) => threadLines(items, { width: width - 2, people, contact, channel, unreadFrom: from, now: now() }),
  );
  return ({ page, items, people }: Data, { messages }: Layout): readonly ThreadLine[] => {
    if (!page || !messages) return [];
    const { conversation } = page;
    const { id, channel } = conversation;
    const day = new Date(now()).toDateString();
    return made(items, people, contactName(conversation), channel.name, messages.width, unreadFrom(id), day);
  };
}
