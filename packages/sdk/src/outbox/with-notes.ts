import type { Note } from '../types.js';
import type { TimelineItem } from './timeline.js';

/** One thing that a team sees of a conversation: a note stands among the messages. */
export type ThreadItem = TimelineItem | { readonly type: 'note'; readonly id: string; readonly note: Note };

/**
 * Puts notes among the messages, each where it was written in time.
 *
 * @param hasOlder there are older messages that are not loaded: notes from before the first one wait for them
 */
export function withNotes(items: readonly TimelineItem[], notes: readonly Note[], hasOlder: boolean): ThreadItem[] {
  const begin = hasOlder && items[0] ? timeOf(items[0]) : 0;
  const shown = notes.map((note) => ({ type: 'note', id: note.id, note }) as const);
  return [...shown.filter((item) => timeOf(item) >= begin), ...items].sort((a, b) => timeOf(a) - timeOf(b));
}

/** What is on its way comes last. */
function timeOf(item: ThreadItem): number {
  if (item.type === 'outgoing') return Number.MAX_VALUE;
  return Date.parse(item.type === 'note' ? item.note.createdAt : item.message.displayAt);
}
