import type { RealtimeItem } from '../realtime/items.js';
import { mayPass } from '../store/hydrator.js';
import type { Tims } from '../tims.js';
import type { Input, Notification } from '../types.js';
import { wait } from '../waiting.js';

/** What the user was told, newest first, as far as it was loaded. Another object after each change. */
export interface NotificationsSnapshot {
  readonly notifications: readonly Notification[];
  /** All that are unread, loaded or not; counted up to a thousand. */
  readonly unreadCount: number;
  /** There are older ones: `loadMore`. */
  readonly hasMore: boolean;
  /** The first page is there. */
  readonly loaded: boolean;
}

/** The user's notifications as they are now. Fits `useSyncExternalStore(subscribe, getSnapshot)`. */
export interface Notifications {
  getSnapshot(): NotificationsSnapshot;
  /** Called after each change, with the unread ones that came in since the first page was loaded, oldest first. */
  subscribe(listener: (fresh: readonly Notification[]) => void): () => void;
  /** Loads the newest, and follows from then on. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** Marks some as read, those up to one, or all: shown at once, and taken back where the server does not take it. */
  read(which: Input<'notifications.read'>): Promise<void>;
  close(): void;
}

export interface NotificationsOptions {
  tims: Pick<Tims, 'notifications'>;
  /** What tells that something changed: a connection. */
  live: { subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void };
  /** Notifications of one page; 30 unless told, 100 at most. */
  pageSize?: number | undefined;
  /** What went wrong while following; it is tried again where that can help. */
  onError?: ((error: unknown) => void) | undefined;
}

/** The client has tried several times by then. */
const pauseMs = 5_000;

/**
 * @example
 * const notifications = createNotifications({ tims, live: connection });
 * await notifications.load();
 * notifications.subscribe((fresh) => console.log(fresh.map(({ kind }) => kind)));
 */
export function createNotifications({
  tims,
  live,
  pageSize: limit = 30,
  onError,
}: NotificationsOptions): Notifications {
  const listeners = new Set<(fresh: readonly Notification[]) => void>();
  const ending = new AbortController();
  let snapshot: NotificationsSnapshot = { notifications: [], unreadCount: 0, hasMore: false, loaded: false };
  let cursor: string | null = null;
  let wanted = false;
  let following = false;

  function enter(change: Partial<NotificationsSnapshot>, fresh: readonly Notification[] = []): void {
    snapshot = { ...snapshot, ...change, hasMore: cursor !== null };
    for (const listener of [...listeners]) listener(fresh);
  }

  async function load(): Promise<void> {
    const { data, nextCursor, unreadCount } = await tims.notifications.list({ limit });
    if (ending.signal.aborted) return;
    const { loaded, notifications: held } = snapshot;
    const known = new Set(held.map(({ id }) => id));
    const fresh = data.filter(({ id, readAt }) => loaded && !known.has(id) && !readAt).reverse();
    // What was loaded further back stays, unless there may be a gap before it.
    const last = nextCursor === null ? -1 : held.findIndex(({ id }) => id === data.at(-1)?.id);
    const older = last < 0 ? [] : held.slice(last + 1);
    if (older.length === 0) cursor = nextCursor;
    enter({ notifications: [...data, ...older], unreadCount, loaded: true }, fresh);
  }

  /** Asks until what was told is known. What is told meanwhile is asked for once more. */
  async function follow(): Promise<void> {
    wanted = true;
    if (following) return;
    for (following = true; wanted && !ending.signal.aborted; ) {
      wanted = false;
      try {
        await load();
      } catch (error) {
        onError?.(error);
        wanted ||= mayPass(error);
        // Only closing ends the pause early.
        await wait(pauseMs, ending.signal).catch(() => undefined);
      }
    }
    following = false;
  }

  const stop = live.subscribe((items) => {
    if (snapshot.loaded && items.some(concerns)) void follow();
  });

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    load,
    async loadMore() {
      const at = cursor;
      if (at === null) return;
      const { data, nextCursor } = await tims.notifications.list({ limit, cursor: at });
      // Another page, or the list begun anew, came in between.
      if (cursor !== at) return;
      cursor = nextCursor;
      enter({ notifications: [...snapshot.notifications, ...data] });
    },
    async read(which) {
      const { notifications: held, unreadCount } = snapshot;
      const notifications = withRead(held, which);
      const left = 'all' in which ? 0 : unreadCount - unread(held) + unread(notifications);
      enter({ notifications, unreadCount: left });
      try {
        await tims.notifications.read(which);
      } catch (error) {
        void follow();
        throw error;
      }
    },
    close() {
      stop();
      ending.abort();
      listeners.clear();
    },
  };
}

/** After a resync nothing that was told before can be trusted to be all. */
function concerns(item: RealtimeItem): boolean {
  return item.type === 'resync_required' || (item.type === 'event' && item.event.type.startsWith('notification.'));
}

function withRead(notifications: readonly Notification[], which: Input<'notifications.read'>): Notification[] {
  const readAt = new Date().toISOString();
  let from = 'all' in which;
  return notifications.map((one) => {
    from ||= 'upTo' in which && which.upTo === one.id;
    const meant = from || ('ids' in which && which.ids.includes(one.id));
    return meant && !one.readAt ? { ...one, readAt } : one;
  });
}

const unread = (notifications: readonly Notification[]) => notifications.filter(({ readAt }) => !readAt).length;
