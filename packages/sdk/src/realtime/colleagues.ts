import type { RealtimeItem } from './items.js';

/** Who is here, as far as the server told. Whoever is not in `presence` is offline. */
export interface ColleaguesSnapshot {
  /** By user id. */
  readonly presence: ReadonlyMap<string, { state: 'online' | 'away'; lastSeenAt: string | null }>;
  /** The users who look at a conversation, by its id. */
  readonly viewers: ReadonlyMap<string, readonly string[]>;
  /** The users who type in it. */
  readonly typists: ReadonlyMap<string, readonly string[]>;
}

/** Keeps what ephemeral items tell. The snapshot is another one after each change, and the same one until then. */
export interface Colleagues {
  readonly snapshot: ColleaguesSnapshot;
  subscribe(listener: () => void): () => void;
}

const nobody = (): ColleaguesSnapshot => ({ presence: new Map(), viewers: new Map(), typists: new Map() });

/**
 * @example
 * const colleagues = createColleagues(live);
 * colleagues.subscribe(() => console.log(colleagues.snapshot.viewers.get(conversationId)));
 */
export function createColleagues(live: {
  subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void;
}): Colleagues {
  const listeners = new Set<() => void>();
  let snapshot = nobody();
  live.subscribe((items) => {
    const after = items.reduce(applied, snapshot);
    if (after === snapshot) return;
    snapshot = after;
    for (const listener of [...listeners]) listener();
  });
  return {
    get snapshot() {
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function applied(held: ColleaguesSnapshot, item: RealtimeItem): ColleaguesSnapshot {
  switch (item.type) {
    case 'presence_reset':
      return nobody();
    case 'presence': {
      const { userId, state, lastSeenAt } = item;
      return { ...held, presence: put(held.presence, userId, state === 'offline' ? undefined : { state, lastSeenAt }) };
    }
    case 'viewing': {
      const { conversationId, userIds } = item;
      return { ...held, viewers: put(held.viewers, conversationId, userIds.length > 0 ? userIds : undefined) };
    }
    case 'typing': {
      const { conversationId, userId, on } = item;
      const others = (held.typists.get(conversationId) ?? []).filter((id) => id !== userId);
      const users = on ? [...others, userId] : others;
      return { ...held, typists: put(held.typists, conversationId, users.length > 0 ? users : undefined) };
    }
    case 'left': {
      const { conversationId } = item;
      if (!held.viewers.has(conversationId) && !held.typists.has(conversationId)) return held;
      const without = <T>(map: ReadonlyMap<string, T>) => put(map, conversationId, undefined);
      return { ...held, viewers: without(held.viewers), typists: without(held.typists) };
    }
    default:
      return held;
  }
}

function put<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const changed = new Map(map);
  if (value === undefined) changed.delete(key);
  else changed.set(key, value);
  return changed;
}
