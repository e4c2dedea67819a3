import {
  type Credentials,
  createAsides,
  createColleagues,
  createNotifications,
  createOutbox,
  createStore,
  isTimsError,
  type Me,
  type Notifications,
  type Outbox,
  type Store,
  type Tims,
  TimsApiError,
  type Tokens,
} from '@tims/sdk';
import type { Inbox } from '../../inbox-kit/inbox.js';
import { createClient } from './client.js';
import { type LiveConnection, openConnection } from './connection.js';
import { type KeptSession, keepSession, readKeptSession, sessionKey } from './kept-session.js';
import { outboxStorage } from './outbox-storage.js';
import { rememberServer } from './server-address.js';

/** The inbox of a signed-in user, with what only the page around it needs. */
export interface AppInbox extends Inbox {
  readonly connection: LiveConnection;
  readonly notifications: Notifications;
}

export type SessionState =
  | { readonly phase: 'signed-out' /** The last session ended by itself. */; readonly ended: boolean }
  | { readonly phase: 'starting'; readonly url: string }
  | {
      readonly phase: 'unreachable';
      readonly url: string;
      readonly error: Error;
      /** Tries that failed. */
      readonly attempts: number;
      /** By this machine's clock; undefined while a try is under way. */
      readonly nextTryAt: number | undefined;
    }
  | {
      readonly phase: 'open';
      readonly url: string;
      readonly inbox: AppInbox;
      /** Sign in again. */
      readonly expired: boolean;
      /** Nothing is to be done before a second factor is set up. */
      readonly secondFactorDemanded: boolean;
    };

export interface Session {
  getSnapshot(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Signs in, or in again; rejects with what the server says. */
  login(credentials: Credentials, url: string): Promise<void>;
  logout(): Promise<void>;
  /** The user as they are by now: another name, another role. */
  renew(me: Me): void;
  /** The second factor that was demanded is set up: everything goes on. */
  secondFactorDone(): void;
  /** Tries at once to reach the server that could not be reached. */
  retry(): void;
  close(): void;
}

const pauses = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** The page's session: kept for all tabs, ended for all tabs. Fits `useSyncExternalStore`. */
export function openSession(): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = { phase: 'signed-out', ended: false };
  let client: Tims | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryNow: (() => void) | undefined;

  function enter(next: SessionState): void {
    state = next;
    for (const listener of [...listeners]) listener();
  }

  /** From here on the tokens belong to this client; a former one has nothing to say any more. */
  function use(url: string, tokens?: Tokens): Tims {
    const made = createClient({
      url,
      tokens,
      onTokens(next) {
        if (made !== client) return;
        // Of one that signs in, it is not known yet who they are.
        const userId = state.phase === 'open' && !state.expired ? state.inbox.me.id : undefined;
        keepSession({ url, userId, tokens: next });
      },
      onSignedOut() {
        if (made !== client) return;
        if (state.phase === 'open') enter({ ...state, expired: true });
        else leave(true);
      },
      onSecondFactorDemanded() {
        if (made !== client || state.phase !== 'open' || state.secondFactorDemanded) return;
        enter({ ...state, secondFactorDemanded: true });
      },
    });
    client = made;
    return made;
  }

  function resumeKept(): void {
    const kept = readKeptSession();
    if (!kept?.tokens) {
      leave(kept !== undefined);
      return;
    }
    const tims = use(kept.url, kept.tokens);
    enter({ phase: 'starting', url: kept.url });
    void find(tims, kept.url, 0);
  }

  /** Asks who is signed in, until the server answers. */
  async function find(tims: Tims, url: string, failures: number): Promise<void> {
    try {
      await open(await tims.me.get({}, { retries: 0, timeoutMs: 10_000 }), url);
    } catch (error) {
      if (tims !== client || state.phase === 'signed-out') return;
      if (error instanceof TimsApiError && (error.status === 401 || error.status === 403)) {
        leave(true);
        return;
      }
      const pause = pauses[Math.min(failures, pauses.length - 1)] ?? 0;
      const told = { phase: 'unreachable', url, error: asError(error), attempts: failures + 1 } as const;
      enter({ ...told, nextTryAt: Date.now() + pause });
      retryNow = () => {
        clearTimeout(timer);
        retryNow = undefined;
        enter({ ...told, nextTryAt: undefined });
        void find(tims, url, failures + 1);
      };
      timer = setTimeout(retryNow, pause);
    }
  }

  async function open(me: Me, url: string): Promise<void> {
    const storage = await outboxStorage(me.id);
    keepSession({ url, userId: me.id, tokens: readKeptSession()?.tokens });
    const tims = standing(() => client);
    const store: Store = createStore(tims);
    const outbox: Outbox = createOutbox({ tims, store, storage });
    const connection = openConnection(store, () => tims.me.get({}, { retries: 0, timeoutMs: 4_000 }));
    connection.subscribe(() => {
      if (connection.getSnapshot().state === 'live') outbox.wake();
    });
    const live = { subscribe: connection.onItems };
    const inbox: AppInbox = {
      tims,
      store,
      outbox,
      asides: createAsides({ tims, live }),
      present: createColleagues(live),
      notifications: createNotifications({ tims, live }),
      telling: connection.telling,
      live,
      me,
      connection,
    };
    enter({ phase: 'open', url, inbox, expired: false, secondFactorDemanded: false });
  }

  /** The same user signed in again, here or in another tab: everything goes on where it was. */
  function goOn(): void {
    if (state.phase !== 'open') return;
    const { inbox } = state;
    enter({ ...state, expired: false, secondFactorDemanded: false });
    inbox.connection.reopen();
    inbox.outbox.wake();
  }

  function leave(ended: boolean): void {
    end();
    client = undefined;
    enter({ phase: 'signed-out', ended });
  }

  function end(): void {
    clearTimeout(timer);
    retryNow = undefined;
    if (state.phase !== 'open') return;
    const { asides, connection, notifications, outbox, store } = state.inbox;
    notifications.close();
    connection.close();
    outbox.close();
    asides.close();
    store.close();
  }

  /** Another tab signed out, or in. */
  function onStorage({ key, newValue, storageArea }: StorageEvent): void {
    if (storageArea !== localStorage || (key !== sessionKey && key !== null)) return;
    const kept = readKeptSession(newValue);
    if (!kept) leave(false);
    else if (kept.tokens && kept.userId) follow(kept);
  }

  function follow({ url, userId, tokens }: KeptSession): void {
    if (state.phase === 'open' && state.url === url && state.inbox.me.id === userId) {
      if (!state.expired) return; // it takes the new tokens when it needs them
      use(url, tokens);
      goOn();
    } else if (state.phase === 'open' || state.phase === 'signed-out') {
      end();
      resumeKept();
    }
  }

  window.addEventListener('storage', onStorage);
  resumeKept();

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async login(credentials, url) {
      const again = state.phase === 'open' && state.url === url;
      const tims = again && client ? client : use(url);
      const user = await tims.login(credentials);
      rememberServer(url);
      if (state.phase === 'open' && state.inbox.me.id === user.id && again) {
        keepSession({ url, userId: user.id, tokens: readKeptSession()?.tokens });
        return goOn();
      }
      const me = await tims.me.get();
      end();
      await open(me, url);
    },
    async logout() {
      const leaving = client;
      // First of all here: tokens that are ended at the server are of no use to anybody.
      leave(false);
      keepSession(undefined);
      await leaving?.logout().catch((error: unknown) => {
        if (!isTimsError(error)) throw error; // the server will let it run out
      });
    },
    renew(me) {
      if (state.phase !== 'open' || state.inbox.me.id !== me.id) return;
      enter({ ...state, inbox: { ...state.inbox, me } });
    },
    secondFactorDone: goOn,
    retry: () => retryNow?.(),
    close() {
      window.removeEventListener('storage', onStorage);
      end();
      client = undefined;
    },
  };
}

/**
 * A client that stays the same while the one behind it is replaced: when another tab has signed in again, its tokens
 * come with a new one, and everything that holds this one goes on.
 */
function standing(current: () => Tims | undefined): Tims {
  return new Proxy({} as Tims, {
    get(_, name) {
      const tims = current();
      if (!tims) throw new Error('Signed out');
      return Reflect.get(tims, name);
    },
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
