import type { Conversation, Message } from '../types.js';
import type { Wanted } from './hydrator.js';
import { belongs, type ListState, refresh } from './lists.js';
import type { ConversationList, OpenConversation, StoreSnapshot } from './snapshot.js';
import { showThread, type ThreadState, takeMessages } from './threads.js';
import { createWatch, laterConversation, type Watch } from './versions.js';

/** How many conversations may be held that nothing shows, before they are let go. */
const spare = 1_000;

/** Everything the store holds. It changes; what is shown of it are snapshots. */
export interface State {
  readonly held: Map<string, Conversation>;
  readonly lists: Map<string, ListState>;
  readonly threads: Map<string, ThreadState>;
  readonly watch: Watch;
  readonly wanted: Wanted;
  /** Rises when everything is read anew; answers to requests of an earlier era are thrown away. */
  era: number;
  /** While true, what is shown stays as it is. */
  frozen: boolean;
  readonly changed: Set<string>;
  snapshot: StoreSnapshot;
  readonly listeners: Set<() => void>;
}

export function createState(wanted: Wanted): State {
  return {
    held: new Map(),
    lists: new Map(),
    threads: new Map(),
    watch: createWatch(),
    wanted,
    era: 0,
    frozen: false,
    changed: new Set(),
    snapshot: { lists: new Map(), open: new Map() },
    listeners: new Set(),
  };
}

/** Takes in what a request of `started` answered. What the answer is too old for is asked for again. */
export function keep(state: State, conversations: readonly Conversation[], started: number): void {
  const { watch, held, wanted } = state;
  for (const incoming of conversations) {
    const { id, contact, lastMessage } = incoming;
    if (watch.hasLeft(id, started)) continue;
    const stale = [incoming, contact, lastMessage].some(
      (part) => part && watch.isStale(part.id, part.version, started),
    );
    if (stale) wanted.conversations.add(id);
    const later = laterConversation(held.get(id), incoming);
    if (later === held.get(id)) continue;
    held.set(id, later);
    state.changed.add(id);
  }
}

export function keepMessages(state: State, messages: readonly Message[], started: number): void {
  for (const message of messages) {
    const thread = state.threads.get(message.conversationId);
    if (!thread) continue;
    const { id, version } = message;
    if (state.watch.isStale(id, version, started)) state.wanted.messages.set(id, version + 1);
    takeMessages(thread, [message]);
  }
}

/** It is out of sight: nothing of it stays. */
export function drop(state: State, id: string): void {
  state.held.delete(id);
  state.threads.delete(id);
  state.wanted.conversations.delete(id);
  state.wanted.threads.delete(id);
  state.changed.add(id);
}

/** Makes the next snapshot, and tells the listeners if it differs. */
export function commit(state: State): void {
  if (state.frozen) return;
  const { lists, open } = state.snapshot;
  const nextLists = new Map<string, ConversationList>();
  for (const [key, list] of state.lists) nextLists.set(key, refresh(list, state.held, state.changed));
  const nextOpen = new Map<string, OpenConversation>();
  for (const [id, thread] of state.threads) {
    const shown = showThread(thread, state.held.get(id));
    if (shown) nextOpen.set(id, shown);
  }
  state.changed.clear();
  letGo(state);
  if (sameEntries(lists, nextLists) && sameEntries(open, nextOpen)) return;
  state.snapshot = { lists: nextLists, open: nextOpen };
  for (const listener of [...state.listeners]) listener();
}

/** Conversations that no list and nobody shows any more do not pile up. */
function letGo({ held, lists, threads }: State): void {
  const shown = threads.size + [...lists.values()].reduce((sum, list) => sum + list.ids.length, 0);
  if (held.size <= shown + spare) return;
  const all = [...lists.values()];
  for (const [id, conversation] of held) {
    if (!threads.has(id) && !all.some((list) => belongs(list, conversation))) held.delete(id);
  }
}

function sameEntries<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
