import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { linesOf, type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

test('the search finds on the server what is not in the list, and opens it at its place', async () => {
  const phone = await office.write('Early Person', 'The zebra stood here');
  await office.server.simulator.write({
    phoneNumberId: office.server.tims.phoneNumberId,
    from: { phone, name: 'Early Person' },
    text: 'later',
    count: 70,
  });
  await office.server.simulator.idle();
  const desk = await office.sit();
  desk.press('5');
  await desk.until(({ data }) => data.group.id === 'pending', 'another group');
  desk.press('s');
  desk.press('ZEB');
  const view = await desk.until(
    ({ state }) => state.mode.name === 'pick' && state.mode.pick.options.length === 1,
    'it',
  );
  expect(view.state.mode).toMatchObject({
    pick: { options: [{ label: 'Early Person', detail: expect.stringContaining('The zebra stood here') }] },
  });
  desk.press('\r');
  const opened = await desk.until(({ state }) => state.scroll !== undefined, 'its place');
  expect(linesOf(opened)).toContain('The zebra stood here');
  expect(opened.state).toMatchObject({ pane: 'thread', mode: { name: 'browse' } });
});

test('what is found shows no control sequences, and a tag leads to those who have it', async () => {
  const id = await office.conversation('Hostile Person', '\u001b]0;owned\u0007giraffe\u001b[2J\u202e here');
  const desk = await office.sit();
  desk.press('sgiraffe');
  const view = await desk.until(
    ({ state }) => state.mode.name === 'pick' && state.mode.pick.options.length === 1,
    'it',
  );
  expect(JSON.stringify(view.state.mode)).not.toMatch(/\\u001b|\\u202e|owned/);
  desk.press('\u001b');
  await desk.tims.tags.create({ name: 'Very Special' });
  const { data: tags } = await desk.tims.tags.list();
  await desk.tims.conversations.tag({ id, tagId: tags.find(({ name }) => name === 'Very Special')?.id ?? '' });
  await desk.until(({ data }) => data.people.tags.some(({ name }) => name === 'Very Special'), 'the new tag, live');
  desk.press('sin:tags very');
  await desk.until(({ state }) => state.mode.name === 'pick' && state.mode.pick.options.length === 1, 'the tag');
  desk.press('\r');
  await desk.until(({ data, state }) => state.query === 'tag:very-special' && data.rows.length === 1, 'who has it');
});

test('nobody finds what they may not see', async () => {
  await office.conversation('Secret Person', 'A rhinoceros');
  const desk = await office.sit(await office.server.tims.addUser('agent', []));
  desk.press('srhinoceros');
  await desk.until(({ state }) => state.mode.name === 'pick' && state.mode.pick.found?.pending === false, 'an answer');
  expect(desk.inbox.view().state.mode).toMatchObject({ pick: { options: [] } });
});

test('the contact: how they are reached, and what else they wrote', async () => {
  await office.conversation('Known Person');
  const desk = await office.sit();
  await desk.open('Known Person');
  desk.press('i');
  const view = await desk.until(({ state }) => state.mode.name === 'pick' && state.mode.pick.options.length > 3, 'it');
  const labels = view.state.mode.name === 'pick' ? view.state.mode.pick.options.map(({ label }) => label) : [];
  expect(labels.slice(0, 5)).toEqual(['Name', 'Kind', 'Tags', 'Notes', 'Reached at']);
  expect(labels.at(-1)).toMatch(/^Shared number/);
});

test('notifications ring, are counted, lead there, and are read', async () => {
  const id = await office.conversation('Handed Person');
  const agent = await office.agent();
  let rung = 0;
  const desk = await office.sit(agent, { bell: () => rung++ });
  await desk.until(({ data }) => data.connection.state === 'live' && data.groups[0]?.count !== undefined, 'all there');
  await desk.until(() => desk.feed.notifications.getSnapshot().loaded, 'the notifications');
  const admin = await office.sit();
  await admin.tims.conversations.assign({ id, assigneeId: agent.id });
  await desk.said(/^Admin gave it to you\. N shows it\.$/);
  expect(rung).toBe(1);
  await desk.until(({ data }) => data.unread === 1, 'the count');
  desk.press('N');
  await desk.until(
    ({ state }) => state.mode.name === 'pick' && /Handed Person/.test(state.mode.pick.options[0]?.detail ?? ''),
    'whom it is about',
  );
  desk.press('\r');
  await desk.until(({ data }) => data.page?.conversation.id === id && data.unread === 0, 'it open, and read');
});

test('a filter is saved as a view, which is a group with a count, and is removed', async () => {
  await office.conversation('Viewed Person');
  const desk = await office.sit();
  desk.press('3/is:unread\r');
  await desk.until(({ state }) => state.query === 'is:unread', 'the filter');
  desk.press('VUnread ones\r');
  desk.press('you alone\r');
  await desk.said(/^Saved: /);
  const isView = ({ name }: { name: string }) => name === 'Unread ones';
  await desk.until(({ data }) => (data.groups.find(isView)?.count?.total ?? 0) > 0, 'the view with its count');
  desk.press('\u001b');
  desk.press(':group unread\r');
  await desk.until(({ data }) => isView(data.group) && data.rows.length > 0, 'it');
  desk.press(':delete-view\r');
  desk.press('\r');
  await desk.said(/^The view is removed\.$/);
  await desk.until(({ data }) => !data.groups.some(isView) && data.group.id === 'mine', 'it gone');
});

test('a view is shared with the team, comes in there live, and is taken back', async () => {
  await office.conversation('Shared View Person');
  const agent = await office.agent();
  const mate = await office.sit(agent);
  const lead = await office.server.tims.addUser('assistant_manager', [office.server.tims.teamId]);
  const desk = await office.sit(lead);
  const { teamId } = office.server.tims;
  const isView = ({ name }: { name: string }) => name === 'Ours \u001b[2Jto see';
  const isGroup = ({ name }: { name: string }) => name === 'Ours to see';
  await desk.tims.views.create({ name: 'Ours \u001b[2Jto see', filter: { unread: true } });
  await desk.until(({ data }) => data.groups.some(isGroup), 'the own view');
  desk.press(':group ours\r');
  await desk.until(({ data }) => isGroup(data.group), 'that it is looked at');
  desk.press('S\r');
  const asked = await desk.until(
    ({ state }) => state.mode.name === 'pick' && state.mode.pick.kind !== 'share-view',
    'with whom',
  );
  // A team's lead shares with their teams, not with everybody.
  expect(asked.state.mode).toMatchObject({ pick: { options: [{ id: 'personal', mark: '✓' }, { id: teamId }] } });
  desk.press('team\r');
  await desk.said(/^Ours to see is of team /);
  await mate.until(({ data }) => data.groups.some(isGroup), 'it at the colleague’s');
  // One still looks at it, and it stands there once.
  await desk.until(({ data }) => isGroup(data.group) && data.groups.filter(isGroup).length === 1, 'it once');
  expect((await mate.tims.views.list()).data.filter(isView)).toMatchObject([{ shared: 'team', teamId }]);
  mate.press('S');
  await mate.said(/^Your role shares no views\.$/);
  mate.press(':delete-view\r');
  await mate.said(/^There are no views\./);
  desk.press('S\r');
  desk.press('you alone\r');
  await desk.said(/^Ours to see is yours alone again\.$/);
  await mate.until(({ data }) => !data.groups.some(isGroup), 'it gone at the colleague’s');
  await desk.until(({ data }) => isGroup(data.group), 'it with its owner');
});
