import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => office.empty());
afterAll(() => office.close());

describe('tags', () => {
  test('are put on and taken off in one list, and stand in the row and the head', async () => {
    const id = await office.conversation('Tagged Person');
    const desk = await office.sit();
    await desk.open('Tagged Person');
    desk.press('#payment\r');
    await desk.said(/^Payment is on it\.$/);
    expect(desk.inbox.view().state.mode).toMatchObject({ name: 'pick', pick: { kind: 'tag' } });
    desk.press('payment\r');
    await desk.said(/^Payment is off\.$/);
    desk.press('\u001b');
    expect((await desk.tims.conversations.get({ id })).conversation.tags).toEqual([]);
    desk.press(':tag new lead\r');
    desk.press('\r');
    await desk.said(/^New Lead is on it\.$/);
    desk.press('\u001b');
    desk.press('/\u0015tag:new-lead\r');
    const view = await desk.until(
      ({ data, state }) => state.query === 'tag:new-lead' && data.rows.length === 1 && !data.list.loading,
      'those with the tag',
    );
    expect(view.data.rows[0]?.id).toBe(id);
  });

  test('an agent who only sees it in the queue is told why not', async () => {
    await office.conversation('Waiting Person');
    const desk = await office.sit(await office.agent());
    await desk.open('Waiting Person', '2');
    desk.press('#');
    await desk.said(/^As agent you may tag it only where it is yours or your team's\.$/);
  });
});

describe('tags of single messages', () => {
  test('stand under the message, follow colleagues, and are none of the conversation', async () => {
    const phone = await office.write('Single Person', 'First \u001b[2Jthings');
    await office.write('Single Person', 'Second', phone);
    const desk = await office.sit();
    const { id } = (await desk.open('Single Person')).data.rows[0] ?? { id: '' };
    await desk.until(({ data }) => data.page?.messages.length === 2 && data.aside, 'both messages');
    desk.press('x');
    const view = await desk.until(({ state }) => state.mode.name === 'pick', 'the messages');
    expect(JSON.stringify(view.state.mode)).not.toContain('\\u001b');
    desk.press('first\r');
    desk.press('payment\r');
    await desk.said(/^Payment is on the message\.$/);
    await desk.until((seen) => /First things.*\n +#Payment/.test(linesOf(seen)), 'it under the message');
    const messages = desk.inbox.view().data.page?.messages ?? [];
    const [message] = messages;
    const other = await office.sit();
    await other.tims.messages.untag({ id: message?.id ?? '', tagId: message?.tags[0] ?? '' });
    const none = ({ state }: typeof view) =>
      state.mode.name === 'pick' && state.mode.pick.options.every(({ mark }) => mark === ' ');
    await desk.until((seen) => none(seen) && !linesOf(seen).includes('#Payment'), 'that a colleague took it off');
    desk.press('\u001b');
    const { conversation } = await desk.tims.conversations.get({ id });
    expect(conversation.tags).toEqual([]);
  });

  test('an agent does not tag what is not theirs', async () => {
    await office.conversation('Foreign Person');
    const desk = await office.sit(await office.agent());
    await desk.open('Foreign Person', '2');
    await desk.until(({ data }) => data.aside, 'all of it');
    desk.press('x');
    await desk.said(/^Take it first, with t\.$/);
  });
});

describe('canned responses', () => {
  test('behind a slash: filled in, what is missing is asked for, and only then it is sent', async () => {
    const admin = await office.sit();
    const text = 'Hello {{contact.first_name}}, your plan is {{contact.attributes.plan}}.';
    await admin.tims.cannedResponses.create({ shortcut: 'plan', title: 'The plan', text });
    await office.conversation('Canned Person');
    const desk = await office.sit();
    await desk.until(({ data }) => data.people.canned.length === 1, 'the canned responses');
    await desk.open('Canned Person');
    desk.press('r/pla');
    await desk.until(({ layout }) => layout.drawer?.height === 2, 'what fits');
    desk.press('\r');
    await desk.said(/^Not known: contact\.attributes\.plan\./);
    desk.press('\r');
    expect(desk.inbox.view().state.mode).toMatchObject({ name: 'ask', ask: { subject: 'contact.attributes.plan' } });
    desk.press('Gold\r');
    expect(desk.inbox.view().state.mode).toMatchObject({ field: { text: 'Hello Canned, your plan is Gold.' } });
    expect((await office.server.simulator.sends()).sends).toHaveLength(0);
    desk.press('\r');
    await desk.until((view) => /Hello Canned, your plan is Gold\..*✓/.test(linesOf(view)), 'it sent');
  });

  test('with a key, where nothing is written yet', async () => {
    await office.conversation('Key Person');
    const desk = await office.sit();
    await desk.until(({ data }) => data.people.canned.length === 1, 'the canned responses');
    await desk.open('Key Person');
    desk.press('cplan\r');
    await desk.until(({ state }) => state.mode.name === 'write' && /^Hello Key,/.test(state.mode.field.text), 'it');
    desk.press('\u0014\u001b');
    expect(desk.inbox.view().state.mode).toMatchObject({ name: 'write', as: 'answer' });
  });
});

describe('two who answer', () => {
  test('the slower one sees what was said, and edits or sends all the same', async () => {
    const id = await office.conversation('Twice Person');
    const mate = await office.server.tims.addUser('manager', [office.server.tims.teamId]);
    const desk = await office.sit();
    const { data } = await desk.open('Twice Person');
    expect(data.page?.messages).toHaveLength(1);
    const faster = await office.sit(mate);
    desk.press('rMy answer');
    // What the other says is not told here before ours is on its way.
    const seen = data.page?.messages.at(-1)?.id ?? '';
    await faster.tims.messages.send({ conversationId: id, text: 'Already answered' });
    desk.feed.outbox.send = overtaken(desk.feed, seen);
    desk.press('\r');
    const asked = await desk.until(
      ({ state }) => state.mode.name === 'pick' && state.mode.pick.kind === 'collision',
      'what becomes of it',
    );
    // Who it was is said where what they said has arrived by then.
    const title = expect.stringMatching(/^Not sent: (Manager answered: Already answered|Somebody else answered)$/);
    expect(asked.state.mode).toMatchObject({ pick: { title } });
    desk.press('\r');
    await desk.until(({ state }) => state.mode.name === 'write', 'the answer to edit');
    expect(desk.inbox.view().state.mode).toMatchObject({ field: { text: 'My answer' } });
  });

  /** An outbox whose writer saw no more than the message. */
  function overtaken(feed: Awaited<ReturnType<Office['sit']>>['feed'], seen: string) {
    const opened = feed.store.opened.bind(feed.store);
    const send = feed.outbox.send.bind(feed.outbox);
    return (message: Parameters<typeof send>[0]) => {
      feed.store.opened = (id) => {
        const page = opened(id);
        const at = page?.messages.findIndex((one) => one.id === seen) ?? -1;
        return page && { ...page, messages: page.messages.slice(0, at + 1) };
      };
      const entry = send(message);
      feed.store.opened = opened;
      return entry;
    };
  }

  test('who looks at it and who types is told in its head', async () => {
    await office.conversation('Watched Person');
    const desk = await office.sit();
    await desk.open('Watched Person');
    const mate = await office.server.tims.addUser('manager', [office.server.tims.teamId]);
    const other = await office.sit(mate);
    await other.open('Watched Person');
    await desk.until(({ data }) => data.viewers.includes(mate.id), 'who looks at it');
    other.press('rHm');
    await desk.until(({ data }) => data.typists.includes(mate.id), 'who types');
    other.press('\u001b');
    await desk.until(({ data }) => data.typists.length === 0, 'that nobody types');
    other.press('\u001b');
    await desk.until(({ data }) => data.viewers.length === 0, 'that nobody looks');
  });
});

test('what was sent can be taken back for as long as the organization says', async () => {
  const admin = await office.sit();
  await admin.tims.settings.update({ undoSendSeconds: 20 });
  await office.conversation('Hasty Person');
  const desk = await office.sit();
  await desk.open('Hasty Person');
  desk.press('rToo fast\r');
  await desk.until(({ data }) => data.page?.messages.at(-1)?.withdrawableUntil != null, 'that it waits');
  desk.press('D');
  await desk.said(/^Taken back: it is in the draft\.$/);
  await desk.until(({ data }) => data.page?.messages.length === 1 && data.draft === 'Too fast', 'it gone');
  await admin.tims.settings.update({ undoSendSeconds: 0 });
  expect(JSON.stringify(await office.server.simulator.sends())).not.toContain('Too fast');
});

describe('later', () => {
  test('it comes back at a time, stands in Due, and is done', async () => {
    const id = await office.conversation('Later Person');
    const desk = await office.sit();
    await desk.open('Later Person');
    desk.press('fanother\r');
    desk.press('yesterday\r');
    await desk.said(/^"yesterday" is no time to come\./);
    desk.press('\u00153d\r');
    desk.press('Has she paid?\r');
    await desk.said(/^It comes back /);
    await desk.until(({ data }) => data.aside?.followUps[0]?.text === 'Has she paid?', 'the follow-up');
    const [followUp] = (await desk.tims.followUps.list({ conversationId: id })).data;
    await desk.tims.followUps.update({ id: followUp?.id ?? '', dueAt: new Date(Date.now() - 60_000).toISOString() });
    for (const key of ['\u001b', '\u001b', '4']) desk.press(key);
    await desk.until(({ data }) => data.group.id === 'due' && data.rows[0]?.id === id, 'it due');
    await desk.until(({ data }) => data.group.count?.total === 1, 'its count');
    desk.press('F');
    await desk.until(({ state }) => state.mode.name === 'pick', 'what to do about it');
    desk.press('done\r');
    await desk.said(/^Done\.$/);
    await desk.until(({ data }) => data.rows.length === 0, 'nothing due');
  });

  test('pending until a time; a transfer takes a note along', async () => {
    const id = await office.conversation('Pending Person');
    const desk = await office.sit();
    await desk.open('Pending Person');
    desk.press('pweek\r');
    desk.press('\r');
    await desk.said(/^Pending until /);
    expect((await desk.tims.conversations.get({ id })).conversation.lifecycle).toBe('pending');
    const mate = await office.agent();
    await desk
      .until(({ data }) => data.people.colleagues.some((one) => one.id === mate.id), 'the new colleague')
      .catch(() => desk.feed.refreshPeople());
    desk.press('Tagent\r');
    desk.press('She has paid twice.\r');
    await desk.said(/^Agent has it now, with your note\.$/);
    const { data } = await desk.tims.notes.list({ id });
    expect(data.map(({ text }) => text)).toEqual(['She has paid twice.']);
  });
});

describe('many at once', () => {
  test('what is marked is tagged, given and closed; what is refused stays marked and says why', async () => {
    const ids = [];
    for (const name of ['Bulk One', 'Bulk Two', 'Bulk Three']) ids.push(await office.conversation(name));
    const desk = await office.sit();
    desk.press('3/bulk\r');
    await desk.until(({ data }) => data.rows.length === 3, 'the three');
    desk.press('  ');
    expect(desk.inbox.view().state.marked.size).toBe(2);
    desk.press('*');
    expect(desk.inbox.view().state.marked.size).toBe(3);
    desk.press('#payment\r');
    await desk.said(/^3 have Payment now\.$/);
    desk.press('*aMe\r');
    await desk.said(/^3 given: you have it now\.$/);
    await desk.tims.conversations.close({ id: ids[0] ?? '', reason: 'resolved' });
    const rows = desk.inbox.view().data.rows.length;
    expect(rows).toBeGreaterThanOrEqual(2);
    desk.press('*eresolved\r');
    await desk.said(/^\d closed\./);
    await desk.until(({ data }) => data.rows.length === 0, 'all closed');
  });

  test('an agent marks what is not theirs: refused one by one', async () => {
    for (const name of ['Mob One', 'Mob Two']) await office.conversation(name);
    const desk = await office.sit(await office.agent());
    desk.press('2/mob\r');
    await desk.until(({ data }) => data.rows.length === 2, 'the two');
    desk.press('*eresolved\r');
    await desk.said(/^0 closed\. 2 refused and still marked/);
    expect(desk.inbox.view().state.marked.size).toBe(2);
    desk.press('\u001b');
    expect(desk.inbox.view().state.marked.size).toBe(0);
  });
});
