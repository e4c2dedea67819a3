import { TimsApiError, TimsError } from '../errors.js';
import { backOff, wait } from '../waiting.js';

/** What events named and nobody has fetched yet. */
export interface Wanted {
  conversations: Set<string>;
  /** Open conversations whose page is asked for. */
  threads: Set<string>;
  /** Messages, each with the version that it has at least. */
  messages: Map<string, number>;
}

/** Fetches what is wanted: everything that was named within a tick or during a request goes into the next one. */
export interface Hydrator {
  readonly wanted: Wanted;
  /** Starts soon; to be called after adding to `wanted`. */
  wake(): void;
  /** Everything wanted is there, or was given up. */
  idle(): Promise<void>;
  stop(): void;
}

const pauseMs = 1_000;
const ceilingMs = 30_000;

export function createHydrator(fetch: (wanted: Wanted) => Promise<void>, onError: (error: unknown) => void): Hydrator {
  const ending = new AbortController();
  const wanted: Wanted = nothing();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    await wait(0);
    for (let failures = 0; size(wanted) > 0 && !ending.signal.aborted; ) {
      const batch = take(wanted);
      try {
        await fetch(batch);
        failures = 0;
      } catch (error) {
        onError(error);
        if (!mayPass(error)) continue;
        putBack(wanted, batch);
        // Only stopping ends the pause early.
        await wait(backOff(failures++, pauseMs, ceilingMs), ending.signal).catch(() => undefined);
      }
    }
  }

  function wake(): void {
    if (size(wanted) === 0 || ending.signal.aborted) return;
    running ??= run().finally(() => {
      running = undefined;
      // Something may have been named after the last look and before this.
      wake();
    });
  }

  return {
    wanted,
    wake,
    async idle() {
      while (running) await running;
    },
    stop: () => ending.abort(),
  };
}

/** Whether the same request may succeed later. */
export function mayPass(error: unknown): boolean {
  if (error instanceof TimsApiError) return error.status >= 500 || error.status === 429;
  return error instanceof TimsError;
}

function nothing(): Wanted {
  return { conversations: new Set(), threads: new Set(), messages: new Map() };
}

function size({ conversations, threads, messages }: Wanted): number {
  return conversations.size + threads.size + messages.size;
}

function take(wanted: Wanted): Wanted {
  const taken = nothing();
  putBack(taken, wanted);
  for (const part of Object.values(wanted)) part.clear();
  return taken;
}

function putBack(wanted: Wanted, batch: Wanted): void {
  for (const id of batch.conversations) wanted.conversations.add(id);
  for (const id of batch.threads) wanted.threads.add(id);
  for (const [id, version] of batch.messages) {
    wanted.messages.set(id, Math.max(version, wanted.messages.get(id) ?? 0));
  }
}
