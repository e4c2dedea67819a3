import type { ThreadItem } from '@tims/sdk';
import { useState } from 'react';
import { summaryOf } from './bubble/summary.js';

/** Many at once are counted, not read out. */
const most = 3;

/** What a screen reader is told of a conversation that is open: what came in, and what did not go out. */
export function useAnnouncements(items: readonly ThreadItem[], name: string): string {
  const [state, setState] = useState({ items, newest: items.at(-1)?.id, said: '' });
  if (state.items !== items) {
    const from = items.findLastIndex(({ id }) => id === state.newest) + 1;
    // Where the newest one is gone, everything is new to this list and nothing to the listener.
    const fresh = from === 0 && state.newest !== undefined ? [] : items.slice(from);
    const said = [...arrivals(fresh, name), ...failures(items, state.items)].join(' ');
    setState({ items, newest: items.at(-1)?.id, said: said || state.said });
  }
  return state.said;
}

function arrivals(fresh: readonly ThreadItem[], name: string): string[] {
  const inbound = fresh.flatMap((item) =>
    item.type === 'message' && item.message.direction === 'inbound' ? [item.message] : [],
  );
  if (inbound.length > most) return [`${inbound.length} new messages from ${name}.`];
  const notes = fresh.filter(({ type }) => type === 'note').length;
  return [
    ...inbound.map((message) => `${name}: ${summaryOf(message)}`),
    ...(notes > 0 ? [notes === 1 ? 'An internal note was added.' : `${notes} internal notes were added.`] : []),
  ];
}

function failures(items: readonly ThreadItem[], before: readonly ThreadItem[]): string[] {
  const known = new Set(before.filter(isFailed).map(({ id }) => id));
  const failed = items.filter((item) => isFailed(item) && !known.has(item.id));
  return before.length > 0 && failed.length > 0 ? ['A message was not sent.'] : [];
}

function isFailed(item: ThreadItem): boolean {
  if (item.type === 'message') return item.message.state === 'failed';
  return item.type === 'outgoing' && item.outgoing.state === 'refused';
}
