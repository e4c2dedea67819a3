import { expect, it } from 'vitest';
import { classify } from '../src/errors.js';
import { DatabaseThread } from '../src/thread.js';
import { temporaryFile } from './temporary-file.js';

it('fails what a lost thread was asked, as unavailable, and starts another', async () => {
  const thread = new DatabaseThread({ file: temporaryFile(), mode: 'writer' });
  const first = await thread.connect();
  const waiting = first.call(['run', first.id, countTo(300_000), []]).catch((error: unknown) => error);
  await thread.close();
  expect(classify(await waiting)).toBe('unavailable');
  expect(first.alive).toBe(false);
  expect(classify(await first.call(['run', first.id, 'select 1', []]).catch((error: unknown) => error))).toBe(
    'unavailable',
  );

  const second = await thread.connect();
  expect(await second.call(['run', second.id, 'select 1 as one', []])).toMatchObject([
    expect.any(Number),
    'rows',
    ['one'],
    [[1]],
  ]);
  await thread.close();
});

/** Long enough that the thread is still at it when it is told to end. */
function countTo(n: number): string {
  return `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${n}) select max(n) from numbers`;
}
