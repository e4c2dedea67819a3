import { isTimsError, TimsApiError, TimsError } from '../errors.js';
import type { Store } from '../store/store.js';
import type { Tims } from '../tims.js';
import { backOff } from '../waiting.js';
import { readEntries, writeEntries } from './entries.js';

/** Something written that is on its way, shown until the conversation itself shows it. */
export interface Outgoing {
  /** Names it; the idempotency key under which it is sent, however often that is tried. */
  readonly key: string;
  readonly conversationId: string;
  readonly text: string;
  /** The message that it quotes. */
  readonly replyTo?: string | undefined;
  /** The newest message that was shown when it was written: it can only be one that comes after it. */
  readonly after?: string | undefined;
  /** By this machine's clock. */
  readonly createdAt: string;
  /**
   * `queued` until it is its turn and the server can be reached; `sent` once the server has it, under `messageId`;
   * `refused` when sending it again as it is cannot help.
   */
  readonly state: 'queued' | 'sending' | 'sent' | 'refused';
  readonly messageId?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string; readonly help?: string | undefined } | undefined;
}

/** Where what is not sent yet survives a restart: the browser's storage, or a file. */
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
  /** Sends a refused one once more, as a new message. */
  retry(key: string): void;
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
  let entries: readonly Outgoing[] = readEntries(storage?.load());
  let closed = false;

  function commit(next: readonly Outgoing[]): void {
    entries = next;
    storage?.save(writeEntries(entries));
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
    const { conversationId, text, replyTo } = entry;
    change(key, { state: 'sending' });
    try {
      const input = { conversationId, text, ...(replyTo ? { replyTo } : {}) };
      const message = await tims.messages.send(input, { idempotencyKey: key, retries: 0 });
      if (closed) return;
      change(key, { state: 'sent', messageId: message.id });
      forget();
    } catch (error) {
      if (closed) return;
      if (mayPass(error)) return later(entry, error);
      change(key, { state: 'refused', error: told(error) });
    }
    busy.delete(conversationId);
    work();
  }

  function later(entry: Outgoing, error: unknown): void {
    change(entry.key, { state: 'queued', error: told(error) });
    const turn = busy.get(entry.conversationId) ?? { failures: 0 };
    const asked = error instanceof TimsApiError ? (error.retryAfterMs ?? 0) : 0;
    const pause = Math.max(asked, backOff(turn.failures++, retryBaseMs, retryCeilingMs));
    turn.timer = setTimeout(() => void attempt(entry.key), pause);
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
        key: crypto.randomUUID(),
        conversationId,
        text,
        ...(replyTo ? { replyTo } : {}),
        after: store.opened(conversationId)?.messages.at(-1)?.id,
        createdAt: new Date().toISOString(),
        state: 'queued',
      };
      commit([...entries, entry]);
      work();
      return entry;
    },
    retry(key) {
      const entry = entries.find((one) => one.key === key);
      if (entry?.state !== 'refused') return;
      const { error: _error, ...rest } = entry;
      commit([...entries.filter((one) => one !== entry), { ...rest, key: crypto.randomUUID(), state: 'queued' }]);
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
