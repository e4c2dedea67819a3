import type { Message, ThreadItem } from '@tims/sdk';
import { dayOf } from '../dates.js';

/** One line of a conversation, with what stands above it. */
export interface Row {
  readonly id: string;
  readonly item: ThreadItem;
  /** A day begins here: a time of it. */
  readonly day: string | undefined;
  /** What is below was unread when the conversation was opened. */
  readonly unread: boolean;
  /** Begins and ends what one person said in a row. */
  readonly first: boolean;
  readonly last: boolean;
  /** It failed, and the same was sent again below. */
  readonly resent: boolean;
}

/** Said within so many milliseconds of each other, messages of one person stand together. */
const together = 5 * 60_000;

/**
 * Lays out a conversation.
 *
 * @param me the signed-in user's id: what is on its way is theirs
 */
export function rowsOf(items: readonly ThreadItem[], unreadFrom: string | undefined, me: string): Row[] {
  const later = new Set<string>();
  const resent = new Set<string>();
  for (const item of items.toReversed()) {
    const text = outboundText(item);
    if (text === undefined) continue;
    if (isFailed(item) && later.has(text)) resent.add(item.id);
    later.add(text);
  }
  const heads = items.map((item, index) => {
    const previous = items[index - 1];
    const at = timeOf(item);
    const before = previous && timeOf(previous);
    const day =
      at !== undefined && (previous === undefined || (before && dayOf(before) !== dayOf(at))) ? at : undefined;
    const unread = item.id === unreadFrom;
    return { day, unread, first: !previous || day !== undefined || unread || !goesWith(previous, item, me) };
  });
  return items.map((item, index) => {
    const head = heads[index] ?? { day: undefined, unread: false, first: true };
    return { id: item.id, item, ...head, last: heads[index + 1]?.first ?? true, resent: resent.has(item.id) };
  });
}

/** The first of so many unread inbound messages; undefined where there is none. */
export function firstUnread(messages: readonly Message[], unreadCount: number): string | undefined {
  const inbound = messages.filter(({ direction }) => direction === 'inbound');
  return unreadCount > 0 ? inbound.at(-Math.min(unreadCount, inbound.length))?.id : undefined;
}

/** What is on its way has this machine's time, which says nothing of the server's days. */
function timeOf(item: ThreadItem): string | undefined {
  if (item.type === 'outgoing') return undefined;
  return item.type === 'note' ? item.note.createdAt : item.message.displayAt;
}

function goesWith(previous: ThreadItem, item: ThreadItem, me: string): boolean {
  if (speaker(previous, me) !== speaker(item, me)) return false;
  const [a, b] = [timeOf(previous), timeOf(item)];
  return a === undefined || b === undefined || Date.parse(b) - Date.parse(a) < together;
}

function speaker(item: ThreadItem, me: string): string {
  if (item.type === 'note') return item.id;
  if (item.type === 'outgoing') return `outbound live ${me}`;
  const { direction, author, origin } = item.message;
  return `${direction} ${origin} ${author.id}`;
}

function isFailed(item: ThreadItem): boolean {
  return item.type === 'message' && item.message.state === 'failed';
}

function outboundText(item: ThreadItem): string | undefined {
  if (item.type === 'note') return undefined;
  if (item.type === 'outgoing') return item.outgoing.text;
  const { direction, content } = item.message;
  return direction === 'outbound' && content.type === 'text' ? content.text : undefined;
}
