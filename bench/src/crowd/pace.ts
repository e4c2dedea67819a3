import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `act` once for each moment that comes, whether or not what it began before has ended: who is slow is not spared.
 * Resolves when all have ended.
 */
export async function paced(perSecond: number, seconds: number, act: (n: number, dueAt: number) => Promise<unknown>) {
  const started = performance.now();
  const running: Promise<unknown>[] = [];
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueAt = started + (n * 1000) / perSecond;
    await until(dueAt);
    running.push(act(n, dueAt));
  }
  await Promise.all(running);
}

export async function until(dueAt: number): Promise<void> {
  const wait = dueAt - performance.now();
  if (wait > 1) await sleep(wait);
}
