import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLastSeen } from '../../src/realtime/last-seen.js';
import { addPerson, openStage, type Person, type Stage, until } from '../stage/index.js';

let stage: Stage;
let agent: Person;
let statements = 0;

beforeAll(async () => {
  stage = await openStage(await openSqlite());
  agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  stage.tims.installation.storage.writer.on('query', ({ sql }: { sql: string }) => {
    if (sql.includes('last_seen_at')) statements += 1;
  });
});
afterAll(() => stage.close());

const seenAt = async ({ actor }: Person) =>
  (await stage.tims.installation.storage.reader('users').where('id', actor.id).first('last_seen_at')).last_seen_at;

it('is written once a minute however often somebody is seen, in one statement for all, and when they leave', async () => {
  const clock = { at: Date.now(), now: () => clock.at };
  const lastSeen = createLastSeen({ ...stage.tims.installation, clock });
  const first = clock.at;
  for (let i = 0; i < 50; i++) for (const { actor } of [agent, stage.admin]) lastSeen.seen(actor);
  await until(async () => (await seenAt(agent)) === first && (await seenAt(stage.admin)) === first);
  expect(statements).toBe(1);
  clock.at += 59_000;
  lastSeen.seen(agent.actor);
  lastSeen.left(stage.admin.actor);
  await until(async () => (await seenAt(stage.admin)) === first + 59_000);
  expect([statements, await seenAt(agent)]).toEqual([2, first]);
  clock.at += 2_000;
  lastSeen.seen(agent.actor);
  await lastSeen.close();
  expect(await seenAt(agent)).toBe(first + 61_000);
  lastSeen.left(agent.actor);
  await lastSeen.close();
  expect(statements).toBe(3);
});
