import type { Installation } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { expect, it } from 'vitest';
import { createAccessLog } from '../src/features/activities/access-log.js';
import { rows, shared } from './stage.js';

const stage = shared(openSqlite);
const minute = 60_000;

/** An installation whose clock and database the test holds in its hand. */
function held() {
  const hand = { now: Date.now(), broken: false, warnings: 0 };
  const { installation } = stage();
  const { storage, log } = installation;
  const writer = new Proxy(storage.writer, {
    get: (target, name) =>
      name === 'transaction' && hand.broken
        ? () => Promise.reject(new Error('gone'))
        : Reflect.get(target, name, target),
  });
  const other: Installation = {
    ...installation,
    clock: { now: () => hand.now },
    storage: { ...storage, writer },
    log: { ...log, warn: () => void hand.warnings++, error: () => {} },
  };
  return { hand, accessLog: createAccessLog(() => other) };
}

const recorded = async (action: string) => (await rows(stage(), 'activity_logs', { action })).length;

it('notes the same by the same user again after ten minutes, and another user’s at once', async () => {
  const { hand, accessLog } = held();
  const agent = await stage().addUser('agent', []);
  const note = (actor = stage().admin) => accessLog.note(actor, { action: 'test.again', entityId: stage().teamId });
  for (let i = 0; i < 3; i++) note();
  note(agent);
  hand.now += 9 * minute;
  note();
  await accessLog.flush();
  expect(await recorded('test.again')).toBe(2);
  hand.now += 2 * minute;
  note();
  // A clock that is set back must not silence anybody.
  hand.now -= 60 * minute;
  note();
  await accessLog.flush();
  expect(await recorded('test.again')).toBe(4);
});

it('keeps what cannot be written until it can, and writes it once', async () => {
  const { hand, accessLog } = held();
  hand.broken = true;
  for (let i = 0; i < 700; i++) accessLog.note(stage().admin, { action: 'test.late', entityId: `tag_${i}` });
  await accessLog.flush();
  expect([await recorded('test.late'), hand.warnings]).toEqual([0, 1]);
  hand.broken = false;
  await accessLog.flush();
  await accessLog.flush();
  expect(await recorded('test.late')).toBe(700);
});

it('writes by itself a moment later', async () => {
  const { accessLog } = held();
  accessLog.note(stage().admin, { action: 'test.soon' });
  expect(await recorded('test.soon')).toBe(0);
  await expect.poll(() => recorded('test.soon'), { timeout: 5_000 }).toBe(1);
});

it('has nothing of what TIMS itself reads', async () => {
  const { accessLog } = held();
  accessLog.note({ type: 'system', id: 'test' }, { action: 'test.system' });
  await accessLog.flush();
  expect(await recorded('test.system')).toBe(0);
});
