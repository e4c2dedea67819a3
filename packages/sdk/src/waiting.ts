/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it is aborted. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

/** The promise, unless the signal is aborted first. What the promise stands for goes on: others may share it. */
export function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/** Doubles with every attempt (0, 1, …) up to the ceiling; jitter takes up to half of it, so that clients spread. */
export function backOff(attempt: number, baseMs: number, ceilingMs: number): number {
  return Math.min(ceilingMs, baseMs * 2 ** attempt) * (0.5 + Math.random() / 2);
}
