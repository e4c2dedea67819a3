import { type ConversationFilter, listKey, type Store, TimsApiError } from '@tims/sdk';

/** How a list's loading stands. */
export interface ListLoading {
  readonly loaded: boolean;
  readonly error: unknown;
}

/** The lists that a store keeps, by who shows them. */
export interface KeptLists {
  /** Loads the list unless it is kept, and keeps it at least until the returned function is called. */
  use(filter: ConversationFilter): () => void;
  stateOf(key: string): ListLoading;
  retry(filter: ConversationFilter): void;
  /** Asks at once for everything that did not come: the connection is back. */
  retryFailed(): void;
  loadMore(filter: ConversationFilter): void;
  subscribe(listener: () => void): () => void;
}

/** Lists that nobody shows and that stay up to date all the same, so that coming back to them takes no time. */
const spare = 8;
const pauses = [2_000, 5_000, 15_000] as const;

const byStore = new WeakMap<Store, KeptLists>();

export function keptLists(store: Store): KeptLists {
  const known = byStore.get(store) ?? keep(store);
  byStore.set(store, known);
  return known;
}

interface Kept {
  readonly filter: ConversationFilter;
  users: number;
  failures: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
  state: ListLoading;
}

const nothing: ListLoading = { loaded: false, error: undefined };

function keep(store: Store): KeptLists {
  /** Least recently used first. */
  const kept = new Map<string, Kept>();
  const listeners = new Set<() => void>();

  function enter(key: string, one: Kept, state: ListLoading): void {
    if (kept.get(key) !== one) return;
    one.state = state;
    for (const listener of [...listeners]) listener();
  }

  async function load(key: string, one: Kept, work: () => Promise<void>): Promise<void> {
    clearTimeout(one.timer);
    one.timer = undefined;
    try {
      await work();
      one.failures = 0;
      enter(key, one, { loaded: true, error: undefined });
    } catch (error) {
      if (kept.get(key) !== one) return;
      if (mayPass(error)) {
        const pause = pauses[Math.min(one.failures++, pauses.length - 1)];
        one.timer = setTimeout(() => void load(key, one, work), pause);
      }
      enter(key, one, { loaded: one.state.loaded, error });
    }
  }

  function retry(key: string, one: Kept): void {
    void load(key, one, () => (one.state.loaded ? store.loadMore(one.filter) : store.load(one.filter)));
  }

  function letGo(): void {
    const unused = [...kept].filter(([, one]) => one.users === 0);
    for (const [key, one] of unused.slice(0, -spare)) {
      clearTimeout(one.timer);
      kept.delete(key);
      store.unload(one.filter);
    }
  }

  return {
    use(filter) {
      const key = listKey(filter);
      const found = kept.get(key);
      const one = found ?? { filter, users: 0, failures: 0, state: nothing };
      one.users++;
      kept.delete(key);
      kept.set(key, one);
      if (!found) void load(key, one, () => store.load(filter));
      return () => {
        one.users--;
        letGo();
      };
    },
    stateOf: (key) => kept.get(key)?.state ?? nothing,
    retry(filter) {
      const key = listKey(filter);
      const one = kept.get(key);
      if (one) retry(key, one);
    },
    retryFailed() {
      for (const [key, one] of kept) if (one.state.error !== undefined) retry(key, one);
    },
    loadMore(filter) {
      const key = listKey(filter);
      const one = kept.get(key);
      // A page that failed is asked for again by the timer or by the reader, not by every turn of the wheel.
      if (one?.state.loaded && !one.state.error) void load(key, one, () => store.loadMore(filter));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Whether the same request may succeed without anybody doing something. A login that ran out is renewed by somebody. */
function mayPass(error: unknown): boolean {
  return !(error instanceof TimsApiError) || error.status >= 500 || error.status === 429 || error.status === 401;
}
