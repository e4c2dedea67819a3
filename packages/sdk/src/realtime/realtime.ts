import { TimsApiError, TimsError } from '../errors.js';
import { backOff } from '../waiting.js';
import { closeCodes, type RealtimeItem, readFrame } from './items.js';
import { createTelling, type Telling } from './telling.js';
import { type WebSocketConstructor, type WebSocketLike, webSocketConstructor } from './web-socket.js';

export interface RealtimeOptions {
  /** Where to begin: the `asOf` of a snapshot, or a cursor kept from earlier. Without it, live from now on; with a promise, it waits. */
  cursor?: string | Promise<string> | undefined;
  /** No frame for so long means the connection is dead, in milliseconds; 40,000 unless told (the server's heart beats every 15 s). */
  silenceMs?: number | undefined;
  /** The first pause before another connection, in milliseconds; it doubles up to `reconnectCeilingMs`. */
  reconnectBaseMs?: number | undefined;
  reconnectCeilingMs?: number | undefined;
}

/**
 * `connecting` until everything missed has been told; `live`; `offline` between two attempts; `resyncing` after the
 * cursor stood no longer; `closed` for ever: by `close()`, or because the session ended.
 */
export type RealtimeState = 'connecting' | 'live' | 'offline' | 'resyncing' | 'closed';

/** A connection that comes back by itself, resuming where it stopped: nothing is missed and nothing told twice. */
export interface Realtime extends Telling {
  readonly state: RealtimeState;
  /** Everything up to here has been given to the listeners. */
  readonly cursor: string | undefined;
  /** Called with the items of each frame. Returns the function that ends it. */
  subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void;
  /** Called whenever the state changes; with the error that closed it. */
  onState(listener: (state: RealtimeState, error?: TimsError) => void): () => void;
  close(): void;
}

export interface RealtimeSource {
  /** Where one socket may be opened, once. */
  ticketUrl(signal: AbortSignal): Promise<string>;
  WebSocket?: WebSocketConstructor | undefined;
}

export function openRealtime(source: RealtimeSource, options: RealtimeOptions = {}): Realtime {
  const { silenceMs = 40_000, reconnectBaseMs = 500, reconnectCeilingMs = 30_000 } = options;
  const WebSocket = webSocketConstructor(source.WebSocket);
  const listeners = new Set<(items: readonly RealtimeItem[]) => void>();
  const stateListeners = new Set<(state: RealtimeState, error?: TimsError) => void>();
  const ending = new AbortController();
  let state: RealtimeState = 'connecting';
  let cursor: string | undefined;
  let socket: WebSocketLike | undefined;
  let ready: WebSocketLike | undefined;
  // What is told while there is no connection is told with the next one, or is over by then.
  const { resume, ...telling } = createTelling((message) => ready?.send(JSON.stringify(message)));
  let attempts = 0;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  async function start(): Promise<void> {
    try {
      cursor = await options.cursor;
    } catch (error) {
      return end(error instanceof TimsError ? error : undefined);
    }
    if (state !== 'closed') await connect();
  }

  async function connect(): Promise<void> {
    enter('connecting');
    try {
      const url = await source.ticketUrl(ending.signal);
      if (state !== 'closed') open(url);
    } catch (error) {
      if (state === 'closed') return;
      // Only a login helps; everything else may pass.
      if (error instanceof TimsApiError && (error.status === 401 || error.status === 403)) end(error);
      else retryLater();
    }
  }

  function open(url: string): void {
    const opened = new WebSocket(url);
    socket = opened;
    const own = () => socket === opened;
    opened.onopen = () => {
      if (!own()) return;
      subscribe(opened);
      ready = opened;
      resume();
    };
    opened.onmessage = ({ data }: { data: unknown }) => {
      if (own()) receive(opened, data);
    };
    opened.onclose = ({ code }: { code: number }) => own() && lost(code);
    // Without a listener some implementations throw it; `onclose` follows.
    opened.onerror = () => {};
    listen();
  }

  function subscribe(opened: WebSocketLike): void {
    opened.send(JSON.stringify({ type: 'subscribe', ...(cursor === undefined ? {} : { cursor }) }));
  }

  function receive(opened: WebSocketLike, data: unknown): void {
    listen();
    const items = readFrame(data);
    if (!items) return;
    const resync = items.find((item) => item.type === 'resync_required');
    if (resync) enter('resyncing');
    try {
      for (const listener of [...listeners]) listener(items);
    } finally {
      for (const item of items) if ('cursor' in item) cursor = item.cursor;
      if (resync && socket === opened) subscribe(opened);
      if (items.some((item) => item.type === 'ready')) {
        attempts = 0;
        enter('live');
      }
    }
  }

  /** A connection can die without a word; then the next one is made without waiting for the old one's end. */
  function listen(): void {
    clearTimeout(silence);
    silence = setTimeout(() => {
      drop();
      retryLater();
    }, silenceMs);
  }

  function drop(): void {
    clearTimeout(silence);
    const dropped = socket;
    socket = undefined;
    ready = undefined;
    dropped?.close();
  }

  function lost(code: number): void {
    drop();
    if (code === closeCodes.badMessage)
      end(new TimsError('unexpected_answer', 'The server does not understand this client'));
    // Signed out too: the next ticket says whether the session really ended.
    else retryLater();
  }

  function retryLater(): void {
    enter('offline');
    reconnect = setTimeout(() => void connect(), backOff(attempts, reconnectBaseMs, reconnectCeilingMs));
    attempts++;
  }

  function end(error?: TimsError): void {
    if (state === 'closed') return;
    clearTimeout(reconnect);
    drop();
    enter('closed', error);
    ending.abort();
  }

  function enter(next: RealtimeState, error?: TimsError): void {
    if (state === next || state === 'closed') return;
    state = next;
    for (const listener of [...stateListeners]) listener(next, error);
  }

  void start();
  return {
    ...telling,
    get state() {
      return state;
    },
    get cursor() {
      return cursor;
    },
    subscribe: (listener) => added(listeners, listener),
    onState: (listener) => added(stateListeners, listener),
    close: () => end(),
  };
}

function added<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
