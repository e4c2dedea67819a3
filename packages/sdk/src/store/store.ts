import type { RealtimeItem } from '../realtime/items.js';
import type { Realtime, RealtimeOptions } from '../realtime/realtime.js';
import type { Tims } from '../tims.js';
import type { Conversation } from '../types.js';
import { type Fetching, hydrate, loadNewest, loadOlderPage, loadPage, type StoreSource } from './fetching.js';
import { createHydrator } from './hydrator.js';
import { type ListState, newList } from './lists.js';
import { note } from './note.js';
import { reload } from './reload.js';
import {
  type ConversationFilter,
  type ConversationList,
  listKey,
  type OpenConversation,
  type StoreSnapshot,
} from './snapshot.js';
import { commit, createState, keep } from './state.js';
import { newThread } from './threads.js';

export interface StoreOptions {
  /** Conversations of one page, and messages of one; 50 each unless told, 100 at most. */
  pageSize?: number | undefined;
  messagePageSize?: number | undefined;
  /** What went wrong while following events; it is tried again where that can help. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Conversations and messages as they are now: loaded once, then kept up to date by events. Its snapshots are immutable
 * and fit `useSyncExternalStore(store.subscribe, store.getSnapshot)`.
 */
export interface Store {
  getSnapshot(): StoreSnapshot;
  subscribe(listener: () => void): () => void;
  /** The list as it stands in the snapshot. */
  list(filter?: ConversationFilter): ConversationList | undefined;
  /** The open conversation as it stands in the snapshot. */
  opened(conversationId: string): OpenConversation | undefined;
  /** Loads the first page of a list and keeps the list from then on. */
  load(filter?: ConversationFilter): Promise<void>;
  loadMore(filter?: ConversationFilter): Promise<void>;
  /** Stops keeping a list. */
  unload(filter?: ConversationFilter): void;
  /** Loads a conversation with its newest messages and keeps it; rejects with `not_found` where it is out of sight. */
  open(conversationId: string): Promise<void>;
  loadOlder(conversationId: string): Promise<void>;
  /** Stops keeping an open conversation. */
  leave(conversationId: string): void;
  /** Takes in what an action answered, without waiting for its event. */
  put(conversation: Conversation): void;
  /** Takes in what a connection told. Resolves when everything that it named was fetched. */
  apply(items: readonly RealtimeItem[]): Promise<void>;
  /** Opens a connection from the first snapshot on, or from where the last one stopped, and follows it. */
  connect(options?: Omit<RealtimeOptions, 'cursor'>): Realtime;
  /** Ends everything; the last snapshot stays. */
  close(): void;
}

export function createStore(tims: StoreSource & Pick<Tims, 'realtime'>, options: StoreOptions = {}): Store {
  const { pageSize = 50, messagePageSize = 50, onError = () => {} } = options;
  const connections = new Set<Realtime>();
  const hydrator = createHydrator((wanted) => hydrate(fetching, wanted), onError);
  const state = createState(hydrator.wanted);
  let reloading: Promise<void> | undefined;
  let cursor: string | undefined;
  let begin: (cursor: string) => void = () => {};
  const firstCursor = new Promise<string>((resolve) => {
    begin = resolve;
  });
  const fetching: Fetching = {
    state,
    tims,
    pageSize: messagePageSize,
    onSnapshot(asOf) {
      cursor ??= asOf;
      begin(cursor);
    },
  };

  async function settled(): Promise<void> {
    hydrator.wake();
    await reloading;
    await hydrator.idle();
  }

  async function page(list: ListState, at?: string): Promise<void> {
    await loadPage(fetching, list, at);
    await reloading;
    hydrator.wake();
    refill();
  }

  /** A list that lost most of its page shows the next one, before it stands empty while there is more. */
  function refill(): void {
    for (const list of state.lists.values()) {
      const { nextCursor, ids, limit, loading, failed } = list;
      if (nextCursor !== null && ids.length < limit / 2 && !loading && !failed) page(list, nextCursor).catch(onError);
    }
  }

  function resync(): void {
    const mine = reload(fetching, onError).finally(() => {
      if (reloading === mine) reloading = undefined;
      hydrator.wake();
    });
    reloading = mine;
  }

  const store: Store = {
    getSnapshot: () => state.snapshot,
    subscribe(listener) {
      state.listeners.add(listener);
      return () => {
        state.listeners.delete(listener);
      };
    },
    list: (filter) => state.snapshot.lists.get(listKey(filter)),
    opened: (id) => state.snapshot.open.get(id),

    async load(filter = {}) {
      const key = listKey(filter);
      const list = state.lists.get(key) ?? newList(filter, pageSize);
      state.lists.set(key, list);
      await page(list);
    },
    async loadMore(filter) {
      const list = state.lists.get(listKey(filter));
      if (list?.nextCursor && !list.loading) await page(list, list.nextCursor);
    },
    unload(filter) {
      state.lists.delete(listKey(filter));
      commit(state);
    },

    async open(id) {
      const thread = state.threads.get(id) ?? newThread();
      state.threads.set(id, thread);
      try {
        await loadNewest(fetching, id);
      } catch (error) {
        if (!thread.loaded && state.threads.get(id) === thread) store.leave(id);
        throw error;
      }
      await reloading;
      hydrator.wake();
    },
    async loadOlder(id) {
      await loadOlderPage(fetching, id);
      hydrator.wake();
    },
    leave(id) {
      state.threads.delete(id);
      commit(state);
    },

    put(conversation) {
      if (!state.held.has(conversation.id)) return;
      keep(state, [conversation], state.watch.begin());
      state.watch.end();
      commit(state);
    },

    async apply(items) {
      for (const item of items) {
        if ('cursor' in item) cursor = item.cursor;
        if (item.type === 'resync_required') resync();
        else note(state, item);
      }
      commit(state);
      await settled();
      refill();
    },

    connect(chosen) {
      const live = tims.realtime({ ...chosen, cursor: cursor ?? firstCursor });
      live.subscribe((items) => void store.apply(items).catch(onError));
      connections.add(live);
      return live;
    },
    close() {
      for (const live of connections) live.close();
      hydrator.stop();
      state.era++;
      state.listeners.clear();
    },
  };
  return store;
}
