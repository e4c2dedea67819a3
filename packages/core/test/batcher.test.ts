import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createBatcher } from '../src/pipeline/batcher.js';

/** A batcher of two at a time whose writes end when they are let go. */
function held() {
  const batches: string[][] = [];
  const waiting: (() => void)[] = [];
  const batcher = createBatcher<string>({
    limit: 2,
    weigh: () => 1,
    write: (_key, items) => {
      batches.push(items);
      return new Promise((resolve) => waiting.push(() => resolve(items.map(() => undefined))));
    },
  });
  return { batcher, batches, letGo: () => waiting.shift()?.() };
}

async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await turn();
}

it('writes one item at once', async () => {
  const { batcher, batches, letGo } = held();
  const alone = batcher.add('key', 'a');
  await turns();
  expect(batches).toEqual([['a']]);
  letGo();
  await alone;
});

it('waits for nobody when a whole batch is there already', async () => {
  const { batcher, batches, letGo } = held();
  const all = ['a', 'b'].map((item) => batcher.add('key', item));
  await turns();
  for (const item of ['c', 'd', 'e']) all.push(batcher.add('key', item));
  // So long that half of it, which a gathering may take, is far more than the turns below.
  await sleep(1_000);
  letGo();
  await turns();
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  letGo();
  await expect.poll(() => batches.length).toBe(3);
  letGo();
  await Promise.all(all);
});

it('lets those who were just answered come along, and goes on when they do not', async () => {
  const { batcher, batches, letGo } = held();
  const first = ['a', 'b'].map((item) => batcher.add('key', item));
  await turns();
  const late = batcher.add('key', 'c');
  await sleep(100);
  letGo();
  await Promise.all(first);
  const back = batcher.add('key', 'd');
  await expect
    .poll(() => batches)
    .toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  letGo();
  await Promise.all([late, back]);
});
