import { assignConversation, closeConversation, followEvents, readEvents } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import type { LoggedEvent } from '../src/pipeline/event-log/event.js';
import { createRecentEvents } from '../src/pipeline/event-log/recent.js';
import { anotherNode, newPhone, rows, shared } from './stage.js';

const numbered = (from: number, to: number): LoggedEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    organization: 'org',
    sequence: from + index,
    id: `evt_${from + index}`,
    type: 'message.created',
    entityId: 'msg',
    entityVersion: 1,
    actor: { type: 'system', id: 'test' },
    at: 0,
  }));
const numbers = (events: readonly LoggedEvent[] | undefined) => events?.map(({ sequence }) => sequence);

it('what was appended last is known without a gap, and what is not is said to be unknown', () => {
  const recent = createRecentEvents();
  expect(recent.after('org', 0, 10)).toBeUndefined();
  recent.add('org', numbered(5, 7));
  recent.add('org', numbered(8, 9));
  expect(numbers(recent.after('org', 4, 10))).toEqual([5, 6, 7, 8, 9]);
  expect(numbers(recent.after('org', 6, 2))).toEqual([7, 8]);
  expect(recent.after('org', 3, 10)).toBeUndefined();
  // There may be more, of another server: the database says so.
  expect(recent.after('org', 9, 10)).toBeUndefined();
  // Another server appended 10; and what is told of late is no news.
  recent.add('org', numbered(11, 12));
  recent.add('org', numbered(10, 10));
  expect(recent.after('org', 9, 10)).toBeUndefined();
  expect(numbers(recent.after('org', 10, 10))).toEqual([11, 12]);
  expect(recent.after('another', 10, 10)).toBeUndefined();
  for (let at = 13; at < 20_000; at += 500) recent.add('org', numbered(at, at + 499));
  expect(recent.after('org', 12, 10)).toBeUndefined();
  expect(recent.after('org', 18_500, 5_000)?.length).toBeLessThan(5_000);
});

forEachDatabase('events that this process appended', (open) => {
  const stage = shared(open);

  it('are followed as the log has them, with those of another server in their places', async () => {
    const tims = stage();
    const { installation, organization, admin } = tims;
    const { reader } = installation.storage;
    const write = (to: typeof tims) =>
      to.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), text: 'Hello' }));
    await write(tims);
    const other = await anotherNode(tims);
    await write({ ...tims, ...other });
    await write(tims);
    const [conversation] = await rows(tims, 'conversations', { organization_id: organization });
    const id = conversation?.id as string;
    await assignConversation(installation, admin, { id, assigneeId: admin.id });
    await closeConversation(installation, admin, { id, reason: 'resolved' });
    const logged = await readEvents(reader, organization, 0, 500);
    for (const node of [installation, other.installation]) {
      const followed: LoggedEvent[] = [];
      for (let more = true; more; ) {
        const events = await followEvents(node, organization, followed.at(-1)?.sequence ?? 0, 3);
        followed.push(...events);
        more = events.length > 0;
      }
      expect(followed).toEqual(logged);
    }
    await other.close();
  });
});
