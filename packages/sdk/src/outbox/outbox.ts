import { newKey } from '../call.js';
import { isTimsError, TimsApiError, TimsError } from '../errors.js';
import type { Store } from '../store/store.js';
import type { Tims } from '../tims.js';
import { backOff } from '../waiting.js';
import { readEntries, writeEntries } from './entries.js';
import type { Outgoing } from './outgoing.js';

/**
 * Where what is not sent yet survives a restart: the browser's storage, or a file. Each tab and each program has its own
 * place, as `save` replaces all that stood there. One that fails costs the survival, not the sending.
 */
export interface OutboxStorage {
  load(): string | null | undefined;
  save(text: string): void;
}

export interface OutboxOptions {
  tims: Pick<Tims, 'messages'>;
  /** The store that shows the conversations: what it shows is dropped here. */
  store: Pick<Store, 'opened' | 'subscribe'>;
  /** One for each user, as it holds what they wrote. Nothing survives unless told. */
  storage?: OutboxStorage | undefined;
  /** The first pause before another try, in milliseconds; it doubles up to `retryCeilingMs`. 1,000 and 30,000 unless told. */
  retryBaseMs?: number | undefined;
  retryCeilingMs?: number | undefined;
}

/**
 * What an agent writes, sent once: in order for each conversation, tried again until the server answers, over restarts
 * and in several tabs, always under the same idempotency key. Fits `useSyncExternalStore`.
 *
 * @example
 * const outbox = createOutbox({ tims, store, storage });
 * outbox.send({ conversationId, text: 'On its way' });
 * render(timeline(opened.messages, outbox.getSnapshot(), opened.conversation.id, me.id));
 */
export interface Outbox {
  /** Oldest first; the same array until something changes. */
  getSnapshot(): readonly Outgoing[];
  subscribe(listener: () => void): () => void;
  send(message: { conversationId: string; text: string; replyTo?: string | undefined }): Outgoing;
  /** Sends a refused one once more, as a new message; with `force` also where somebody else has answered since. */
  retry(key: string, options?: { force?: boolean }): void;
  /** Takes back what is not on its way; answers with it, so that its text can be edited. */
  discard(key: string): Outgoing | undefined;
  /** Tries at once what waits for its next try: to be called when the connection is back, or after signing in again. */
  wake(): void;
  /** Ends everything; what is not sent stays in the storage. */
  close(): void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { tims, store, storage, retryBaseMs = 1_000, retryCeilingMs = 30_000 } = options;
  const listeners = new Set<() => void>();
  /** Conversations whose first entry is being sent or waits for its next try. */
  const busy = new Map<string, { timer?: ReturnType<typeof setTimeout>; failures: number }>();
  let entries: readonly Outgoing[] = readEntries(guarded(() => storage?.load()));
  let closed = false;

  function commit(next: readonly Outgoing[]): void {
    entries = next;
    guarded(() => storage?.save(writeEntries(entries)));
    for (const listener of [...listeners]) listener();
  }

  function change(key: string, changes: Partial<Outgoing>): void {
    commit(entries.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry)));
  }

  /** Starts what can start: the oldest of each conversation. */
  function work(): void {
    if (closed) return;
    for (const entry of entries) {
      if (entry.state !== 'queued' || busy.has(entry.conversationId)) continue;
      busy.set(entry.conversationId, { failures: 0 });
      void attempt(entry.key);
    }
  }

  async function attempt(key: string): Promise<void> {
    const entry = entries.find((one) => one.key === key);
    if (!entry || closed) return;
    const { conversationId, text, replyTo, after, force } = entry;
    // From here on it is on its way, and nothing that `wake` could hurry.
    delete busy.get(conversationId)?.timer;
    if (entry.error && Date.now() - Date.parse(entry.createdAt) > keyLifeMs) {
      change(key, { state: 'refused', error: tooOld });
    } else {
      change(key, { state: 'sending' });
      try {
        const quoting = { ...(replyTo ? { replyTo } : {}), ...(after ? { seen: after } : {}) };
        const input = { conversationId, text, ...quoting, ...(force ? { force } : {}) };
        const message = await tims.messages.send(input, { idempotencyKey: key, retries: 0 });
        if (closed) return;
        arrived(entry, message.id);
      } catch (error) {
        if (closed) return;
        if (mayPass(error)) return later(entry, error);
        change(key, { state: 'refused', error: told(error) });
      }
    }
    busy.delete(conversationId);
    work();
  }

  /** What was written behind it in the conversation can only come after it, also where it says the same. */
  function arrived({ key, conversationId }: Outgoing, messageId: string): void {
    const place = entries.findIndex((one) => one.key === key);
    const next = entries.map((one, index) => {
      if (index === place) return { ...one, state: 'sent' as const, messageId, error: undefined };
      return index > place && one.conversationId === conversationId ? { ...one, after: messageId } : one;
    });
    commit(next);
    forget();
  }

  function later(entry: Outgoing, error: unknown): void {
    change(entry.key, { state: 'queued', error: told(error) });
    const turn = busy.get(entry.conversationId) ?? { failures: 0 };
    const asked = error instanceof TimsApiError ? (error.retryAfterMs ?? 0) : 0;
    const pause = Math.max(asked, backOff(turn.failures++, retryBaseMs, retryCeilingMs));
    turn.timer = setTimeout(() => void attempt(entry.key), Math.min(pause, longestPauseMs));
    busy.set(entry.conversationId, turn);
  }

  /** Drops what the store shows, and what belongs to a conversation that nobody looks at. */
  function forget(): void {
    const kept = entries.filter((entry) => {
      if (entry.state !== 'sent') return true;
      const opened = store.opened(entry.conversationId);
      return opened !== undefined && !opened.messages.some(({ id }) => id === entry.messageId);
    });
    if (kept.length < entries.length) commit(kept);
  }

  const newestShown = (conversationId: string) => store.opened(conversationId)?.messages.at(-1)?.id;

  const unsubscribe = store.subscribe(() => {
    if (entries.some(({ state }) => state === 'sent')) forget();
  });
  work();

  return {
    getSnapshot: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    send({ conversationId, text, replyTo }) {
      const entry: Outgoing = {
        key: newKey(),
        conversationId,
        text,
        ...(replyTo ? { replyTo } : {}),
        after: newestShown(conversationId),
        createdAt: new Date().toISOString(),
        state: 'queued',
      };
      commit([...entries, entry]);
      work();
      return entry;
    },
    retry(key, { force = false } = {}) {
      const entry = entries.find((one) => one.key === key);
      if (entry?.state !== 'refused') return;
      const { error: _error, ...rest } = entry;
      const again = {
        after: newestShown(entry.conversationId),
        createdAt: new Date().toISOString(),
        ...(force ? { force } : {}),
      };
      commit([...entries.filter((one) => one !== entry), { ...rest, ...again, key: newKey(), state: 'queued' }]);
      work();
    },
    discard(key) {
      const entry = entries.find((one) => one.key === key);
      // One that was tried may have arrived; only the server knows, and the next try asks it.
      if (!entry || (entry.state !== 'refused' && (entry.state !== 'queued' || entry.error))) return undefined;
      commit(entries.filter((one) => one !== entry));
      return entry;
    },
    wake() {
      for (const [conversationId, turn] of busy) {
        if (!turn.timer) continue;
        clearTimeout(turn.timer);
        busy.delete(conversationId);
      }
      work();
    },
    close() {
      closed = true;
      unsubscribe();
      for (const { timer } of busy.values()) clearTimeout(timer);
      listeners.clear();
    },
  };
}

/**
 * The server remembers a key for two days. What was tried before may have arrived, and after that time it would be said
 * a second time.
 */
const keyLifeMs = 24 * 3_600_000;
const tooOld = {
  code: 'too_old',
  message: 'It was written more than a day ago, and may have been sent then.',
  help: 'Send it again if the conversation does not show it.',
};
/** A timer of more than 24 days would fire at once. */
const longestPauseMs = 3_600_000;

/** A storage may be full, or forbidden; what is written is still sent. */
function guarded<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** Whether the same request may succeed later: no answer, an overload, a session that somebody will renew. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof TimsApiError)) return error instanceof TimsError;
  if (error.status >= 500 || error.status === 429 || error.status === 401) return true;
  return isTimsError(error, 'idempotency_in_progress') || isTimsError(error, 'conflict');
}

function told(error: unknown): NonNullable<Outgoing['error']> {
  if (error instanceof TimsApiError) return { code: error.code, message: error.message, help: error.help };
  if (error instanceof TimsError) return { code: error.code, message: error.message };
  return { code: 'unexpected_answer', message: String(error) };
}
