import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { View } from '../../src/inbox/inbox.js';
import { type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

/** The names in the list that is open, with their marks. */
function marked({ state }: View): string[] {
  if (state.mode.name !== 'pick') return [];
  return state.mode.pick.options.filter(({ mark }) => mark === '✓').map(({ label }) => label);
}

test('whoever watches is told when the customer writes, until they no longer do', async () => {
  const phone = await office.write('Watched Person');
  const desk = await office.sit();
  const { id } = (await desk.open('Watched Person')).data.rows[0] ?? { id: '' };
  await desk.until(() => desk.feed.notifications.getSnapshot().loaded, 'the notifications');
  desk.press('w');
  await desk.said(/^You watch it, and are told when the customer writes\.$/);
  await office.write('Watched Person', 'Anybody there?', phone);
  await desk.until(({ data }) => data.unread === 1, 'that they wrote');
  desk.press('w');
  await desk.said(/^You no longer watch it\.$/);
  expect((await desk.tims.participants.get({ id })).watchers).toEqual([]);
});

test('colleagues are made to watch in one list, which follows what others change', async () => {
  const id = await office.conversation('Common Person');
  const mate = await office.server.tims.addUser('manager', [office.server.tims.teamId]);
  const stranger = await office.server.tims.addUser('agent', []);
  const desk = await office.sit();
  await desk.open('Common Person');
  const isKnown = ({ data }: View) => data.people.colleagues.some((one) => one.id === stranger.id);
  await desk.until(isKnown, 'the colleagues');
  desk.press('W');
  await desk.until(({ state }) => state.mode.name === 'pick' && state.mode.pick.kind === 'watchers', 'the list');
  desk.press('manager\r');
  await desk.said(/^Manager watches it, and is told when the customer writes\.$/);
  expect(marked(desk.inbox.view())).toEqual(['manager']);
  desk.press('agent\r');
  await desk.said(/^They cannot see it: assign it to them first\.$/);
  const other = await office.sit(mate);
  await other.tims.participants.add({ id, userId: desk.feed.people.me.id });
  await desk.until((view) => marked(view).join() === 'Me,manager', 'oneself among them');
  await other.tims.participants.remove({ id, userId: mate.id });
  await desk.until((view) => marked(view).join() === 'Me', 'the other one gone');
});

test('a preview cannot be watched; what is taken can, by colleagues who see it', async () => {
  await office.conversation('Queued Person');
  const desk = await office.sit(await office.agent());
  await desk.open('Queued Person', '2');
  for (const key of ['w', 'W']) {
    desk.press(key);
    await desk.said(/^Take it first, with t: a preview cannot be watched\.$/);
    desk.press('\u001b');
    desk.press('\r');
  }
  desk.press('t');
  await desk.said(/^Yours now/);
  desk.press('w');
  await desk.said(/^You watch it/);
});
