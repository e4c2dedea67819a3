import type { TestInstallation, TestServer } from '@tims/testing';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ConversationFilter,
  createStore,
  createTims,
  isTimsError,
  type Realtime,
  type Store,
  type Tims,
} from '../src/index.js';
import { until } from './until.js';

/** Somebody who keeps a store up to date by events, and can say whether it is what a fresh look would show. */
export interface Follower {
  tims: Tims;
  store: Store;
  live: Realtime;
  filters: readonly ConversationFilter[];
  /** Fails unless the store becomes equal to a fresh snapshot of the same lists and open conversations. */
  expectFresh(): Promise<void>;
  /** Breaks the connection, as a network does. */
  cut(): void;
  close(): void;
}

export async function follow(
  server: TestServer,
  actor: TestInstallation['admin'],
  filters: readonly ConversationFilter[],
): Promise<Follower> {
  let socket: WebSocket | undefined;
  class Watched extends WebSocket {
    constructor(url: string) {
      super(url);
      socket = this;
    }
  }
  const tims = createTims({ url: server.url, accessToken: await server.tokenOf(actor), WebSocket: Watched });
  const errors: unknown[] = [];
  const store = createStore(tims, { onError: (error) => void errors.push(error) });
  for (const filter of filters) await store.load(filter);
  const live = store.connect({ reconnectBaseMs: 10 });
  await until(() => live.state === 'live');
  return {
    tims,
    store,
    live,
    filters,
    async expectFresh() {
      let [shown, fresh]: [unknown, unknown] = [undefined, undefined];
      await until(async () => {
        [shown, fresh] = [shownBy(store, filters), await freshlyRead(tims, store, filters)];
        return JSON.stringify(shown) === JSON.stringify(fresh);
      }, 5_000).catch(() => undefined);
      expect(shown).toEqual(fresh);
      expect(errors).toEqual([]);
    },
    cut: () => socket?.terminate(),
    close: () => store.close(),
  };
}

function shownBy(store: Store, filters: readonly ConversationFilter[]) {
  return {
    lists: filters.map((filter) => [filter, store.list(filter)?.conversations, store.list(filter)?.hasMore]),
    open: [...store.getSnapshot().open],
  };
}

async function freshlyRead(tims: Tims, store: Store, filters: readonly ConversationFilter[]) {
  const lists = await Promise.all(
    filters.map(async (filter) => {
      const page = await tims.conversations.list(filter);
      return [filter, page.data, page.nextCursor !== null];
    }),
  );
  const open = await Promise.all(
    [...store.getSnapshot().open.keys()].map(async (id) => [id, await freshlyOpened(tims, id)]),
  );
  return { lists, open };
}

async function freshlyOpened(tims: Tims, id: string) {
  try {
    const { conversation, messages, before, canSend, preview } = await tims.conversations.get({ id });
    return { conversation, messages, hasOlder: before !== null, canSend, preview };
  } catch (error) {
    if (isTimsError(error, 'not_found')) return 'out of sight';
    throw error;
  }
}
