import { type Conversation, type ConversationFilter, matches } from '@tims/sdk';
import type { Found } from '../feed/list-search.js';
import { hasWords } from './query.js';

/**
 * What fits of what is loaded, and what the server found beside it: each once, as it is known last, in the order of the
 * list.
 *
 * @param open the conversation that is open; it is kept up to date wherever it stands
 */
export function withFound(
  loaded: readonly Conversation[],
  words: readonly string[],
  found: Found,
  filter: ConversationFilter,
  open: Conversation | undefined,
): readonly Conversation[] {
  if (words.length === 0) return loaded;
  const here = loaded.filter((one) => hasWords(one, words));
  if (found.conversations.length === 0) return here;
  const known = new Map([...loaded, ...(open ? [open] : [])].map((one) => [one.id, one]));
  const rows = new Map(here.map((one) => [one.id, one]));
  for (const one of found.conversations) {
    const last = newer(one, known.get(one.id));
    if (matches(filter, last) && (!found.stale || hasWords(last, words))) rows.set(one.id, last);
  }
  return [...rows.values()].sort((a, b) => inOrder(filter, a, b));
}

function newer(a: Conversation, b: Conversation | undefined): Conversation {
  return b && b.version >= a.version ? b : a;
}

function inOrder(filter: ConversationFilter, a: Conversation, b: Conversation): number {
  const oldestFirst = filter.followUp !== undefined || filter.order === 'waiting';
  const place = (one: Conversation) => `${timeOf(filter, one)} ${one.id}`;
  return place(a) < place(b) === oldestFirst ? -1 : 1;
}

function timeOf({ followUp, order }: ConversationFilter, conversation: Conversation): string {
  const { followUpAt, waitingSince, lastActivityAt } = conversation;
  return (followUp ? followUpAt : order === 'waiting' ? waitingSince : lastActivityAt) ?? '';
}
