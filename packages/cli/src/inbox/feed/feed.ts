import {
  type Asides,
  type ColleaguesSnapshot,
  type ConversationFilter,
  type ConversationList,
  createAsides,
  createColleagues,
  createNotifications,
  createOutbox,
  createStore,
  isTimsError,
  listKey,
  type Notifications,
  type OpenConversation,
  type Outbox,
  type OutboxStorage,
  type Realtime,
  type Store,
  type Tims,
  TimsApiError,
} from '@tims/sdk';
import { type Group, groupsOf } from '../state/groups.js';
import type { Me, People } from '../state/people.js';
import { oneLineOf } from '../tell.js';
import { createCounting } from './counting.js';
import { changesPeople, nobodyBut, readPeople } from './people.js';

/** How the inbox stands with the server; `since` is when it was last up to date. */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'offline' | 'ended';
  readonly since: number;
}

/** What the server says, kept up to date: lists, the open conversation, counts, people, and how far answers came. */
export interface Feed {
  readonly store: Store;
  readonly outbox: Outbox;
  /** Notes and follow-ups of the conversations that are open. */
  readonly asides: Asides;
  readonly notifications: Notifications;
  /** Tells colleagues what is looked at, and where somebody types. */
  readonly live: Realtime;
  /** Which colleagues look and type where. */
  readonly present: ColleaguesSnapshot;
  readonly people: People;
  readonly groups: readonly Group[];
  readonly connection: Connection;
  /** Called whenever something of it changed. */
  subscribe(listener: () => void): () => void;
  list(filter: ConversationFilter): ListView;
  /** Shows a list from now on, loading it where it is not there yet. */
  look(filter: ConversationFilter): void;
  loadMore(filter: ConversationFilter): Promise<void>;
  opened(id: string): { readonly page: OpenConversation | undefined; readonly problem: string | undefined };
  open(id: string): void;
  /** False where it is being loaded already. */
  loadOlder(id: string): boolean;
  refreshPeople(): void;
  /** The session is over: nothing more can be fetched or sent. */
  end(): void;
  close(): void;
}

export interface ListView {
  readonly list: ConversationList | undefined;
  readonly problem: string | undefined;
}

export interface FeedOptions {
  readonly tims: Tims;
  readonly me: Me;
  readonly storage?: OutboxStorage | undefined;
  readonly now?: () => number;
}

/** Lists and conversations that are kept beside those on the screen, so that going back shows them at once. */
const keptLists = 6;
const keptThreads = 4;
const peopleEveryMs = 60_000;
/** Of many changes at once, what they change is read once. */
const peopleAfterMs = 300;

export function openFeed({ tims, me, storage, now = Date.now }: FeedOptions): Feed {
  const store = createStore(tims, { pageSize: 100, onError: noteError });
  const outbox = createOutbox({ tims, store, storage, retryCeilingMs: 5_000 });
  const listeners = new Set<() => void>();
  const lists = new Map<string, { filter: ConversationFilter; problem?: string | undefined }>();
  const threads = new Map<string, { problem?: string | undefined; busy?: boolean }>();
  let connection: Connection = { state: 'connecting', since: now() };
  let people = nobodyBut(me);
  let groups = groupsOf(me, people, undefined);
  let peopleSoon: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const counting = createCounting({
    tims,
    groups: () => groups,
    isOver: () => connection.state === 'ended',
    changed: () => regroup(),
    onError: noteError,
    now,
  });

  function tell(): void {
    if (!closed) for (const listener of [...listeners]) listener();
  }

  function noteError(error: unknown): void {
    if (error instanceof TimsApiError && error.status === 401) enter('ended');
  }

  function enter(state: Connection['state']): void {
    if (connection.state === 'ended' || connection.state === state) return;
    const wasLive = connection.state === 'live';
    connection = { state, since: wasLive || state === 'live' ? now() : connection.since };
    if (state === 'live') recover();
    tell();
  }

  /** The server answers again: what failed meanwhile is tried anew. */
  function recover(): void {
    outbox.wake();
    counting.want();
    void notifications.load().catch(noteError);
    for (const { filter, problem } of lists.values()) if (problem !== undefined) load(filter);
    for (const [id, { problem }] of threads) if (problem !== undefined) openThread(id);
    if (people.teams.length === 0) refreshPeople();
  }

  function regroup(): void {
    groups = groupsOf(me, people, counting.counts, counting.filtered);
    tell();
  }

  function refreshPeople(): void {
    clearTimeout(peopleSoon);
    peopleSoon = undefined;
    readPeople(tims, me).then((read) => {
      people = read;
      regroup();
    }, noteError);
  }

  function load(filter: ConversationFilter): void {
    const key = listKey(filter);
    const kept = { filter };
    lists.set(key, kept);
    store.load(filter).then(tell, (error: unknown) => {
      noteError(error);
      if (lists.get(key) === kept) lists.set(key, { filter, problem: oneLineOf(error, people) });
      tell();
    });
  }

  function openThread(id: string): void {
    const kept = { busy: true };
    threads.set(id, kept);
    void asides.open(id).catch(noteError);
    store.open(id).then(
      () => {
        if (threads.get(id) === kept) threads.set(id, {});
        tell();
      },
      (error: unknown) => {
        noteError(error);
        const problem = isTimsError(error, 'not_found') ? 'You cannot see it any more.' : oneLineOf(error, people);
        if (threads.get(id) === kept) threads.set(id, { problem });
        tell();
      },
    );
  }

  const stopStore = store.subscribe(() => {
    counting.recount();
    tell();
  });
  const stopOutbox = outbox.subscribe(() => {
    if (outbox.getSnapshot().some(({ error }) => error?.code === 'unauthorized')) enter('ended');
    tell();
  });
  const live = store.connect({ reconnectCeilingMs: 5_000 });
  live.onState((state, error) => {
    if (state === 'live') enter('live');
    else if (state === 'closed') {
      if (error) enter('ended');
    } else if (state === 'offline') enter('offline');
  });
  live.subscribe((items) => {
    if (items.some(({ type }) => type === 'event' || type === 'entered' || type === 'left')) counting.recount();
    if (items.some((item) => item.type === 'event' && changesPeople.test(item.event.type))) {
      peopleSoon ??= setTimeout(refreshPeople, peopleAfterMs);
    }
  });
  const present = createColleagues(live);
  const asides = createAsides({ tims, live, onError: noteError });
  const notifications = createNotifications({ tims, live, pageSize: 50, onError: noteError });
  const stops = [present, asides, notifications].map((one) => one.subscribe(tell));
  const peopleTimer = setInterval(() => {
    if (connection.state !== 'live') return;
    refreshPeople();
    counting.want();
  }, peopleEveryMs);
  refreshPeople();
  counting.want();

  return {
    store,
    outbox,
    asides,
    notifications,
    live,
    get present() {
      return present.snapshot;
    },
    get people() {
      return people;
    },
    get groups() {
      return groups;
    },
    get connection() {
      return connection;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    list: (filter) => ({ list: store.list(filter), problem: lists.get(listKey(filter))?.problem }),
    look(filter) {
      const key = listKey(filter);
      const kept = lists.get(key);
      lists.delete(key);
      if (kept && kept.problem === undefined) lists.set(key, kept);
      else load(filter);
      for (const [other, { filter: old }] of [...lists].slice(0, -keptLists)) {
        lists.delete(other);
        store.unload(old);
      }
    },
    async loadMore(filter) {
      try {
        await store.loadMore(filter);
      } catch (error) {
        noteError(error);
      }
    },
    opened: (id) => ({ page: store.opened(id), problem: threads.get(id)?.problem }),
    open(id) {
      const kept = threads.get(id);
      threads.delete(id);
      // What is kept follows the events; what went out of sight is asked for again.
      if (kept && (kept.busy || store.opened(id))) threads.set(id, kept);
      else openThread(id);
      for (const [other] of [...threads].slice(0, -keptThreads)) {
        threads.delete(other);
        store.leave(other);
        asides.leave(other);
      }
    },
    loadOlder(id) {
      const kept = threads.get(id);
      if (!kept || kept.busy) return false;
      threads.set(id, { busy: true });
      store
        .loadOlder(id)
        .catch(noteError)
        .finally(() => {
          if (threads.has(id)) threads.set(id, {});
          tell();
        });
      return true;
    },
    refreshPeople,
    end: () => enter('ended'),
    close() {
      closed = true;
      counting.close();
      clearTimeout(peopleSoon);
      clearInterval(peopleTimer);
      for (const stop of stops) stop();
      asides.close();
      notifications.close();
      stopStore();
      stopOutbox();
      outbox.close();
      store.close();
    },
  };
}
