import { openLine } from '@tims/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { View } from '../../src/inbox/inbox.js';
import { type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

const names = ({ data }: View) => data.rows.map(({ contact }) => contact.name);

/** Somebody writes one thing, and another after it, so that the list shows the other. */
async function writeBefore(name: string, text: string, after = 'later'): Promise<string> {
  const phone = await office.write(name, text);
  await office.write(name, after, phone);
  return phone;
}

test('the filter asks the server for what was said further back, beside what is loaded, in the order of the list', async () => {
  await writeBefore('Deep Person', 'A walrus was here');
  await office.conversation('Walrus Person');
  await writeBefore('Newest Person', 'Two walruses');
  const desk = await office.sit();
  desk.press('3');
  await desk.until(({ data }) => data.group.id === 'all' && data.rows.length > 0, 'the list');
  desk.press('/walrus');
  // At once what is loaded, a moment later the rest; nothing was sent with Enter yet.
  expect(names(desk.inbox.view())).toEqual(['Walrus Person']);
  const view = await desk.until(({ data }) => data.rows.length === 3 && !data.search.looking, 'what the server knows');
  expect(names(view)).toEqual(['Newest Person', 'Walrus Person', 'Deep Person']);
  desk.press('\r');
  expect(names(desk.inbox.view())).toHaveLength(3);
  expect(desk.inbox.view().data.search.looking).toBe(false);
  desk.press('/\u0015walrus is:unread status:closed\r');
  await desk.until(({ data }) => data.rows.length === 0 && !data.search.looking, 'that none of them is closed');
});

test('what is found follows what happens: it comes, changes, and goes out of sight', async () => {
  const id = await office.conversation('Ours', 'An axolotl swims');
  const agent = await office.agent();
  const admin = await office.sit();
  await admin.tims.conversations.assign({ id, assigneeId: agent.id });
  await admin.tims.messages.send({ conversationId: id, text: 'How nice' });
  const desk = await office.sit(agent);
  await desk.until(({ data }) => data.groups[0]?.count !== undefined, 'the groups');
  desk.press('3/axolotl\r');
  await desk.until((view) => names(view).join() === 'Ours', 'the one that is theirs');
  const phone = await office.write('Another', 'My axolotl, too');
  await office.write('Another', 'later', phone);
  await office.write('Ours', 'x');
  const other = await admin.until(({ data }) => data.rows.some(({ contact }) => contact.name === 'Another'), 'it');
  const otherId = other.data.rows.find(({ contact }) => contact.name === 'Another')?.id ?? '';
  await admin.tims.conversations.assign({ id: otherId, assigneeId: agent.id });
  await desk.until((view) => names(view).length === 2, 'the one that was given to them');
  await admin.tims.conversations.assign({ id, assigneeId: admin.feed.people.me.id });
  await desk.until((view) => names(view).join() === 'Another', 'the other one gone');
});

test('what is done with one that only the server found is seen at once, and it leaves the list it no longer belongs to', async () => {
  const { phoneNumberId } = office.server.tims;
  await writeBefore('Finished Person', 'The quokka smiles');
  // So many are newer that the list has not loaded it.
  for (let person = 0; person < 120; person++) {
    const from = { phone: `+${60_160_000_000 + person}`, name: `Newer ${person}` };
    await office.server.simulator.write({ phoneNumberId, from, text: 'hello' });
  }
  await office.server.simulator.idle();
  const desk = await office.sit();
  desk.press('3');
  await desk.until(({ data }) => data.group.id === 'all' && data.rows.length > 0, 'the list');
  desk.press('/quokka\r');
  await desk.until((view) => names(view).join() === 'Finished Person', 'it');
  desk.press('\r');
  await desk.until(({ data }) => data.page?.conversation.contact.name === 'Finished Person', 'the conversation');
  desk.press('eresolved\r');
  await desk.said(/^Closed: Resolved\.$/);
  await desk.until(({ data }) => data.rows.length === 0, 'it gone from the open ones');
}, 60_000);

test('nobody finds what they may not see', async () => {
  await writeBefore('Hidden Person', 'A narwhal');
  const desk = await office.sit(await office.server.tims.addUser('agent', []));
  await desk.until(({ data }) => data.groups[0]?.count !== undefined, 'the groups');
  desk.press('3/narwhal\r');
  await desk.until(({ data }) => data.words.join() === 'narwhal' && !data.search.looking, 'an answer');
  expect(desk.inbox.view().data.rows).toEqual([]);
});

test('many are found page by page, and a list with an order of its own is searched, too', async () => {
  const { phoneNumberId } = office.server.tims;
  for (let person = 0; person < 130; person++) {
    const from = { phone: `+${60_150_000_000 + person}`, name: `Crowd ${person}` };
    await office.server.simulator.write({ phoneNumberId, from, text: 'The capybara sleeps' });
    await office.server.simulator.write({ phoneNumberId, from, text: 'later' });
  }
  await office.server.simulator.idle();
  const desk = await office.sit();
  desk.press('3/capybara\r');
  await desk.until(({ data }) => data.rows.length >= 30, 'the first page');
  desk.press('G');
  const view = await desk.until(({ data }) => data.rows.length === 130 && !data.search.hasMore, 'all of them');
  expect(view.state.selected.index).toBe(129);
  const [first] = view.data.rows;
  await desk.tims.followUps.create({ id: first?.id ?? '', dueAt: new Date(Date.now() + 1_500).toISOString() });
  desk.press('\u001b');
  desk.press('4/capybara\r');
  await desk.until(({ data }) => data.group.id === 'due' && data.rows.length === 1, 'the one that is due');
}, 60_000);

test('a lost line leaves what is loaded; the words are looked for again when it is back', async () => {
  await writeBefore('Far Person', 'The okapi waits');
  await office.conversation('Okapi Person');
  const line = await openLine(office.server.url);
  const desk = await office.sit(office.server.tims.admin, { url: line.url });
  desk.press('3');
  await desk.until(({ data }) => data.group.id === 'all' && data.rows.length > 0, 'the list');
  line.cut();
  await desk.until(({ data }) => data.connection.state === 'offline', 'the line gone');
  desk.press('/okapi\r');
  await desk.until(({ data }) => data.search.failed, 'that the server was not reached');
  expect(names(desk.inbox.view())).toEqual(['Okapi Person']);
  line.mend();
  const view = await desk.until(({ data }) => data.rows.length === 2 && !data.search.failed, 'both');
  expect(names(view)).toEqual(['Okapi Person', 'Far Person']);
  office.empty();
  await line.close();
});
