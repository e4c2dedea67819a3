import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { linesOf, type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

test('a note is written apart from the answer, tells whom it names, and comes in at colleagues as it is', async () => {
  const id = await office.conversation('Noted Person');
  const mate = await office.server.tims.addUser('manager', [office.server.tims.teamId]);
  const desk = await office.sit();
  await desk.open('Noted Person');
  const other = await office.sit(mate);
  await other.open('Noted Person');
  desk.press('mAsk @man');
  await desk.until(({ layout }) => layout.drawer !== undefined, 'the colleagues whose name begins so');
  desk.press('\r');
  expect(desk.inbox.view().state.mode).toMatchObject({ as: 'note', field: { text: 'Ask @manager ' } });
  desk.press('about the refund\r');
  await desk.said(/^Noted; manager is told\.$/);
  await other.until((view) => /┃ Note · Admin.*\n ┃ Ask @manager about the refund/.test(linesOf(view)), 'the note');
  await other.until(({ data }) => data.unread === 1, 'that it is for them');
  await other.tims.notes.create({ id, text: 'Beware \u001b]0;owned\u0007\u202ethe moon' });
  await desk.until((view) => linesOf(view).includes('┃ Beware the moon'), 'it without what moves a terminal');
  const sent = await office.server.simulator.sends();
  expect(JSON.stringify(sent)).not.toContain('refund');
  expect((await desk.tims.conversations.get({ id })).messages).toHaveLength(1);
});

test('what was begun as an answer can become a note, and neither draft is lost', async () => {
  await office.conversation('Turned Person');
  const desk = await office.sit();
  await desk.open('Turned Person');
  desk.press('rnot for them\u000e');
  expect(desk.inbox.view().state.mode).toMatchObject({ as: 'note', field: { text: 'not for them' } });
  desk.press('\u001b');
  await desk.until(({ data }) => data.noteDraft === 'not for them' && data.draft === '', 'the draft of the note');
  desk.press('rfor them');
  desk.press('\u000e');
  expect(desk.inbox.view().state.mode).toMatchObject({ as: 'note', field: { text: 'not for them' } });
  desk.press('\u000e');
  expect(desk.inbox.view().state.mode).toMatchObject({ as: 'answer', field: { text: 'for them' } });
});

test('a note is pinned above the conversation, changed, and removed', async () => {
  const id = await office.conversation('Pinned Person');
  const desk = await office.sit();
  await desk.tims.notes.create({ id, text: 'First' });
  await desk.open('Pinned Person');
  await desk.until((view) => /Note · You/.test(linesOf(view)), 'the note');
  desk.press('P\r');
  desk.press('pin\r');
  await desk.said(/^Pinned\.$/);
  expect(desk.inbox.view().layout.pinned).toBe(true);
  desk.press('P\r');
  desk.press('change\r');
  await desk.until(({ state }) => state.mode.name === 'write', 'the note to be changed');
  desk.press(' and second\r');
  await desk.said(/^Noted\.$/);
  await desk.until((view) => /First and second/.test(linesOf(view)) && /edited/.test(linesOf(view)), 'it changed');
  desk.press('P\r');
  desk.press('remove\r');
  await desk.said(/^The note is removed\.$/);
  await desk.until((view) => !/First/.test(linesOf(view)) && !view.layout.pinned, 'it gone');
});

test('who may not write notes is told why; what could not be saved is kept as a draft', async () => {
  await office.conversation('Preview Person');
  const desk = await office.sit(await office.agent());
  await desk.open('Preview Person', '2');
  desk.press('m');
  await desk.said(/^Take it first, with t:/);
  desk.press('t');
  await desk.said(/Yours now/);
  const stranger = await office.server.tims.addUser('agent', []);
  await desk.until(({ data }) => data.people.colleagues.some(({ id }) => id === stranger.id), 'the new colleague');
  desk.press('mfor @agent \r');
  await desk.said(/could not read it: leave out the @, or assign it to them first\. The note is kept as a draft\./);
  expect(desk.inbox.view().data.noteDraft).toBe('for @agent ');
});

test('feedback is read by the one it is for', async () => {
  const id = await office.conversation('Judged Person');
  const agent = await office.agent();
  const admin = await office.sit();
  await admin.tims.conversations.assign({ id, assigneeId: agent.id });
  const lead = await office.server.tims.addUser('assistant_manager', [office.server.tims.teamId]);
  const leading = await office.sit(lead);
  await leading.tims.notes.create({ id, text: 'Calm and clear', kind: 'feedback', aboutUserId: agent.id });
  const desk = await office.sit(agent);
  await desk.open('Judged Person', '1');
  await desk.until((view) => /Feedback for you · Assistant_manager[\s\S]*Calm and clear/.test(linesOf(view)), 'it');
});

test('feedback is written for a colleague, says so above, and only they and who leads them read it', async () => {
  const id = await office.conversation('Praised Person');
  const agent = await office.agent();
  const admin = await office.sit();
  await admin.tims.conversations.assign({ id, assigneeId: agent.id });
  const lead = await office.sit(await office.server.tims.addUser('assistant_manager', [office.server.tims.teamId]));
  await lead.until(({ data }) => data.people.colleagues.some((one) => one.id === agent.id), 'the colleagues');
  await lead.open('Praised Person');
  lead.press('M');
  const asked = await lead.until(({ state }) => state.mode.name === 'pick', 'for whom');
  // Whoever answers here is offered first.
  expect(asked.state.mode.name === 'pick' && asked.state.mode.pick.options[0]).toMatchObject({ id: agent.id });
  lead.press('\r');
  await lead.until(({ state }) => state.mode.name === 'write' && state.mode.about?.kind === 'feedback', 'the composer');
  lead.press('Well handled');
  lead.press('\u000e');
  await lead.said(/^What is about somebody stays a note\.$/);
  lead.press('\u001b');
  await lead.said(/^Kept as a draft\.$/);
  lead.press('M\r');
  await lead.until(({ state }) => state.mode.name === 'write' && state.mode.field.text === 'Well handled', 'the draft');
  lead.press('\r');
  await lead.said(/^Noted; agent is told\.$/);
  const desk = await office.sit(agent);
  await desk.open('Praised Person', '1');
  await desk.until((view) => /Feedback for you[\s\S]*Well handled/.test(linesOf(view)), 'it');
  const other = await office.sit(await office.server.tims.addUser('operations_manager', []));
  expect((await other.tims.notes.list({ id })).data).toEqual([]);
  expect((await desk.tims.conversations.get({ id })).messages).toHaveLength(1);
});

test('an agent writes no feedback, and is told why', async () => {
  const id = await office.conversation('Unjudged Person');
  const agent = await office.agent();
  const admin = await office.sit();
  await admin.tims.conversations.assign({ id, assigneeId: agent.id });
  const desk = await office.sit(agent);
  await desk.open('Unjudged Person', '1');
  desk.press('M');
  await desk.said(/^As agent you may not write feedback on it\.$/);
});
