import { openSqlite, startTestServer, type TestServer } from '@tims/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { topLine } from '../../src/inbox/state/scrolling.js';
import { type Desk, type DeskOptions, sitDown } from './desk.js';

let server: TestServer;
const desks: Desk[] = [];
beforeAll(async () => {
  server = await startTestServer(await openSqlite());
});
afterEach(() => {
  for (const desk of desks.splice(0)) desk.leave();
});
afterAll(() => server.close());

type Actor = Parameters<typeof sitDown>[1];

async function sit(actor: Actor = server.tims.admin, options?: DeskOptions): Promise<Desk> {
  const desk = await sitDown(server, actor, options);
  desks.push(desk);
  return desk;
}

let phones = 60_131_000_000;
async function write(name: string, text = 'Hello', more: { timestamp?: number; phone?: string } = {}): Promise<string> {
  const { phone = `+${++phones}`, timestamp } = more;
  const { phoneNumberId } = server.tims;
  await server.simulator.write({ phoneNumberId, from: { phone, name }, text, ...(timestamp ? { timestamp } : {}) });
  await server.simulator.idle();
  return phone;
}

const agent = () => server.tims.addUser('agent', [server.tims.teamId]);
const linesOf = ({ lines }: ReturnType<Desk['inbox']['view']>) =>
  lines.map(({ line }) => line.map(({ text }) => text).join('')).join('\n');

describe('who may do what', () => {
  test('an agent sees a preview, is told to take it first, and may not reopen', async () => {
    await write('Preview Person');
    const desk = await sit(await agent());
    await desk.open('Preview Person', '2');
    desk.press('r');
    await desk.said(/^Take it first, with t:/);
    desk.press('t');
    await desk.said(/^Yours now\. r answers\.$/);
    desk.press('eresolved\r');
    await desk.said(/^Closed: Resolved\.$/);
    desk.press('o');
    await desk.said(/^As agent you may not open it again\.$/);
  });

  test('of two who take, the slower one is told who was faster', async () => {
    await write('Wanted Person');
    const [slow, fast] = [await sit(await agent()), await sit()];
    const { data } = await slow.open('Wanted Person', '2');
    const id = data.page?.conversation.id ?? '';
    await fast.tims.conversations.take({ id });
    slow.press('t');
    await slow.said(/was faster and has it now\.|given to somebody else/);
  });

  test('what is taken away while one writes is told in a line, and the draft is kept', async () => {
    await write('Moving Person');
    const me = await agent();
    const other = await agent();
    const desk = await sit(me);
    const { data } = await desk.open('Moving Person', '2');
    const id = data.page?.conversation.id ?? '';
    desk.press('t');
    await desk.said(/Yours now/);
    desk.press('rhalf a sentence');
    expect(desk.inbox.view().state.mode.name).toBe('write');
    const admin = await sit();
    await admin.tims.conversations.assign({ id, assigneeId: other.id });
    const view = await desk.said(/given to somebody else, so you no longer see it\. Your draft is kept\./);
    expect(view.state).toMatchObject({ pane: 'list', mode: { name: 'browse' }, open: undefined });
    expect(view.data.hasDraft(id)).toBe(true);
  });

  test('somebody who sees all is told who has it now', async () => {
    await write('Common Person');
    const other = await agent();
    const desk = await sit();
    const { data } = await desk.open('Common Person');
    await desk.tims.conversations.assign({ id: data.page?.conversation.id ?? '', assigneeId: other.id });
    await desk.said(/^Agent has it now\.$/);
  });
});

describe('answering', () => {
  test('several lines, and the ticks come in', async () => {
    await write('Talking Person', 'Any tutors?');
    const desk = await sit();
    await desk.open('Talking Person');
    desk.press('t');
    await desk.said(/Yours now/);
    desk.press('rYes.\u001b\rTwo of them.\u001b[200~\nAnd a paste\u001b[201~\r');
    await desk.until((view) => /✓✓/.test(linesOf(view)), 'ticks');
    const said = linesOf(desk.inbox.view());
    expect(said).toMatch(/You +\n {3}Yes\. .*✓✓\n {3}Two of them\. *\n {3}And a paste/);
    await desk.until(({ data }) => data.page?.conversation.unreadCount === 0, 'it is marked read');
  });

  test('in the editor: what is saved comes back to be sent', async () => {
    await write('Long Person');
    const desk = await sit(undefined, { edit: async (text) => `${text} and more` });
    await desk.open('Long Person');
    desk.press('rbegun');
    desk.press('\u000f');
    const view = await desk.until(
      ({ state }) => state.mode.name === 'write' && state.mode.field.text.endsWith('more'),
      'the text',
    );
    expect(view.state.mode).toMatchObject({ field: { text: 'begun and more' } });
  });

  test('an editor that fails leaves the draft as it was', async () => {
    await write('Broken Editor');
    const desk = await sit(undefined, { edit: () => Promise.reject(new Error('The editor (nano) ended with 1')) });
    await desk.open('Broken Editor');
    desk.press('rbegun\u000f');
    const view = await desk.said(/The editor \(nano\) ended with 1\./);
    expect(view.state.mode).toMatchObject({ field: { text: 'begun' } });
  });

  test('a window that is shut is told, with why', async () => {
    await write('Old Person', 'Long ago', { timestamp: Math.floor(Date.now() / 1000) - 25 * 3600 });
    const desk = await sit();
    await desk.open('Old Person');
    desk.press('r');
    await desk.said(/more than 24 hours ago: WhatsApp lets only templates be sent\./);
    expect(desk.inbox.view().state.mode.name).toBe('browse');
  });

  test('what failed says why, and goes out again as a new message', async () => {
    const phone = await write('Blocked Person');
    await server.simulator.customer({ phone, behaviour: 'blocked' });
    const desk = await sit();
    await desk.open('Blocked Person');
    desk.press('rCan you read this?\r');
    await desk.until((view) => /Not sent: .*131026/.test(linesOf(view).replaceAll('\n', ' ')), 'why it failed');
    await server.simulator.customer({ phone, behaviour: 'reads' });
    desk.press('!');
    await desk.said(/Sent again, as a new message\./);
    await desk.until((view) => /✓✓/.test(linesOf(view)), 'the second one');
  });

  test('what the server refuses stays, and can be taken back into the draft', async () => {
    await write('Refused Person');
    const desk = await sit();
    const { data } = await desk.open('Refused Person');
    const id = data.page?.conversation.id ?? '';
    desk.press('r');
    desk.press(`\u001b[200~${'long '.repeat(1_500)}\u001b[201~\r`);
    await desk.until((view) => /Not sent:/.test(linesOf(view)), 'the refusal');
    desk.press('D');
    await desk.said(/Taken back: it is in the draft\./);
    expect(desk.inbox.view().data.hasDraft(id)).toBe(true);
  });
});

test('reading older ones is not disturbed by many new ones, and they are counted', async () => {
  const phone = await write('Busy Person', 'first');
  for (let index = 0; index < 30; index++) await write('Busy Person', `earlier ${index}`, { phone });
  const desk = await sit();
  await desk.open('Busy Person');
  await desk.until(({ lines }) => lines.length > 30, 'its lines');
  desk.press('kkkkkkkkkk');
  const shown = () => {
    const { state, lines, layout } = desk.inbox.view();
    const height = layout.messages?.height ?? 0;
    const top = topLine(state, lines, height);
    return linesOf({ ...desk.inbox.view(), lines: lines.slice(top, top + height) });
  };
  const before = shown();
  const { phoneNumberId } = server.tims;
  await server.simulator.write({ phoneNumberId, from: { phone, name: 'Busy Person' }, text: 'new', count: 60 });
  await desk.until(({ fresh }) => fresh >= 60, 'sixty new ones');
  expect(shown()).toBe(before);
  desk.press('G');
  await desk.until(({ state, fresh }) => state.scroll === undefined && fresh === 0, 'the newest');
});

test('filters ask the server, words look through what is loaded, and Esc ends them', async () => {
  await write('Filter One', 'mathematics');
  await write('Filter Two', 'physics');
  const desk = await sit();
  desk.press('3');
  await desk.until(({ data }) => data.rows.length >= 2, 'the list');
  const all = desk.inbox.view().data.rows.length;
  desk.press('/physics');
  await desk.until(({ data }) => data.rows.length === 1, 'while it is typed');
  desk.press('\u001b');
  await desk.until(({ data }) => data.rows.length === all, 'left');
  desk.press('/status:pending\r');
  await desk.until(({ data }) => data.rows.length === 0 && !data.list.loading, 'none is pending');
  desk.press('/');
  desk.press('\u0015is:odd\r');
  await desk.said(/is:odd is not known; there is is:unread/);
  desk.press('\u001b');
  desk.press('\u001b');
  await desk.until(({ data, state }) => state.query === '' && data.rows.length === all, 'all again');
});

test('the palette does what keys do, with an argument behind the name', async () => {
  await write('Palette Person');
  const desk = await sit();
  await desk.open('Palette Person');
  desk.press(':close no_reply\r');
  await desk.said(/^Closed: The customer did not answer\.$/);
  desk.press(':group all\r');
  await desk.until(({ data }) => data.group.id === 'all', 'the group');
  desk.press(':nonsense\r');
  await desk.said(/Nothing fits/);
});

test('the mouse selects, opens and scrolls', async () => {
  await write('Mouse One');
  await write('Mouse Two');
  const desk = await sit();
  desk.press('3');
  const view = await desk.until(({ data }) => data.rows.length >= 2, 'the list');
  const { list, tabs } = view.layout;
  const click = (x: number, y: number) => desk.press(`\u001b[<0;${x + 1};${y + 1}M`);
  click((list?.x ?? 0) + 3, (list?.y ?? 0) + 2);
  expect(desk.inbox.view().state).toMatchObject({ selected: { index: 1 }, pane: 'list' });
  click((list?.x ?? 0) + 3, (list?.y ?? 0) + 2);
  await desk.until(
    ({ state, data }) => state.pane === 'thread' && data.page?.conversation.id === view.data.rows[1]?.id,
    'it open',
  );
  click(1, tabs?.y ?? 0);
  await desk.until(({ data }) => data.group.id === 'mine', 'the first group');
});

test('when the session ends a banner says how to sign in again, and nothing is lost', async () => {
  await write('Last Person');
  const user = await server.tims.addUser('manager', [server.tims.teamId]);
  const desk = await sit(user);
  await desk.open('Last Person');
  desk.press('rnot sent yet');
  const admin = await sit();
  await admin.tims.users.update({ id: user.id, status: 'deactivated' });
  const view = await desk.until(
    ({ banner }) => /Your session has ended\. Drafts are kept\. Sign in with `tims login`\./.test(banner ?? ''),
    'the banner',
  );
  expect(view.state.mode).toMatchObject({ field: { text: 'not sent yet' } });
});
