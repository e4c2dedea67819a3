/** A loop that runs when woken and at least every so often, never twice at once. */
export interface Worker {
  wake(): void;
  /** Resolves when the running round has ended; no other begins. */
  stop(): Promise<void>;
}

/**
 * @param round one round of work; answers with true when there may be more to do at once.
 * @param pace.everyMs how long to sleep when nobody wakes it: schedules, leases that ran out, other servers' work.
 * @param pace.restMs how long to rest when a round left nothing, so that work that trickles in is done in batches.
 * @param pace.share the part of the time that it takes while it is woken again and again: the others, for whom somebody
 *   waits, share the database with it. What is left over then is done when they have ended.
 */
export function startWorker(
  round: () => Promise<boolean>,
  { everyMs, restMs = 0, share = 1 }: { everyMs: number; restMs?: number; share?: number },
  onError: (error: unknown) => void,
): Worker {
  let stopped = false;
  let woken = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let endRest = (): void => {};

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    do {
      woken = false;
      let more = false;
      const started = performance.now();
      try {
        more = await round();
      } catch (error) {
        onError(error);
      }
      const crowded = woken && share < 1 ? (performance.now() - started) * (1 / share - 1) : 0;
      const pause = more ? crowded : restMs;
      if (more) woken = true;
      if (pause > 0 && !stopped) await rest(pause);
    } while (woken && !stopped);
    running = undefined;
    if (!stopped) timer = setTimeout(wake, everyMs);
  };

  const wake = (): void => {
    woken = true;
    if (!stopped && !running) running = run();
  };

  /** Ends early when the worker is stopped. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      endRest = resolve;
      timer = setTimeout(resolve, ms);
    });

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      endRest();
      await running;
    },
  };
}
