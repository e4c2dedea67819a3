import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startWorker } from '../src/pipeline/worker.js';

it('leaves the others their part of the time while it is woken again and again, and takes all of it after', async () => {
  const ends: number[] = [];
  const starts: number[] = [];
  let crowded = true;
  const worker = startWorker(
    async () => {
      starts.push(performance.now());
      await sleep(20);
      if (crowded) worker.wake();
      ends.push(performance.now());
      if (ends.length === 3) crowded = false;
      return ends.length < 6;
    },
    { everyMs: 60_000, share: 1 / 5 },
    (error) => {
      throw error;
    },
  );
  worker.wake();
  while (ends.length < 6) await sleep(10);
  await worker.stop();
  const pauses = starts.slice(1).map((start, index) => start - (ends[index] ?? 0));
  expect(Math.min(...pauses.slice(0, 3))).toBeGreaterThan(60);
  // What it was woken for while it rested is what it goes on with: it rests no more.
  expect(Math.min(...pauses.slice(3))).toBeLessThan(60);
});
