import type { Realtime, RealtimeItem, RealtimeState, Store, Telling } from '@tims/sdk';
import type { Connection } from '../../inbox-kit/inbox.js';

/** The live connection of an inbox over all its lives. */
export interface LiveConnection {
  getSnapshot(): Connection;
  subscribe(listener: () => void): () => void;
  /** Called with what each frame tells. */
  onItems(listener: (items: readonly RealtimeItem[]) => void): () => void;
  /** Tells colleagues what the user looks at and where they type, over whatever connection there is. */
  readonly telling: Pick<Telling, 'view' | 'typing'>;
  /** Whether somebody sits here: told to colleagues, and told again over each new connection. */
  presence(state: 'online' | 'away'): void;
  /** Connects anew and at once, resuming where the last one stopped. */
  reopen(): void;
  close(): void;
}

/** @param reachable asks the server something small; rejects where it cannot be reached */
export function openConnection(store: Pick<Store, 'connect'>, reachable: () => Promise<unknown>): LiveConnection {
  const listeners = new Set<() => void>();
  const itemListeners = new Set<(items: readonly RealtimeItem[]) => void>();
  let snapshot: Connection = { state: 'connecting', since: undefined };
  let live: Realtime | undefined;
  let viewed: string | null = null;
  let presence: 'online' | 'away' = 'online';

  function reopen(): void {
    live?.close();
    const opened = store.connect();
    live = opened;
    opened.presence(presence);
    enter(opened.state);
    opened.view(viewed);
    opened.onState((state) => {
      if (live === opened) enter(state);
    });
    opened.subscribe((items) => {
      for (const listener of [...itemListeners]) listener(items);
    });
  }

  function enter(state: RealtimeState): void {
    const wasLive = snapshot.state === 'live';
    const since = state === 'live' ? undefined : wasLive ? Date.now() : snapshot.since;
    snapshot = { state, since };
    for (const listener of [...listeners]) listener();
  }

  /** The machine's network changed, or its reader came back: find out at once rather than by the next heartbeat. */
  async function check(): Promise<void> {
    const there = await reachable().then(
      () => true,
      () => false,
    );
    if (!live || there === (snapshot.state === 'live')) return;
    if (snapshot.state === 'live' || snapshot.state === 'offline') reopen();
  }

  const changed = () => void check();
  const shown = () => document.visibilityState === 'visible' && snapshot.state === 'offline' && changed();
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  document.addEventListener('visibilitychange', shown);
  reopen();

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => added(listeners, listener),
    onItems: (listener) => added(itemListeners, listener),
    telling: {
      view(conversationId) {
        viewed = conversationId;
        live?.view(conversationId);
      },
      typing: (conversationId, on) => live?.typing(conversationId, on),
    },
    presence(state) {
      presence = state;
      live?.presence(state);
    },
    reopen,
    close() {
      window.removeEventListener('online', changed);
      window.removeEventListener('offline', changed);
      document.removeEventListener('visibilitychange', shown);
      const last = live;
      live = undefined;
      last?.close();
    },
  };
}

function added<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
