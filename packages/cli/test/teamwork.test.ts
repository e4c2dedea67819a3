import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, type Ended, newPlace, type Place } from './process.js';

let place: Place;
let conversation: string;

beforeAll(async () => {
  place = newPlace();
  const server = place.start(['start', '--demo']);
  place.env.TIMS_URL = await addressOf(server);
  const simulator = /WhatsApp simulator +(\S+)/.exec(server.stdout())?.[1] ?? '';
  const from = ['--from', '+447700900401', '--name', 'Ana Souza', '--simulator', simulator];
  await tims('simulate', 'whatsapp', 'message', 'Hello', ...from);
  for (let found: { id: string } | undefined; !found; ) {
    const { data } = JSON.parse((await tims('conversations', 'list', '--limit', '100', '--json')).stdout);
    found = data.find(({ contact }: { contact: { name: string } }) => contact.name === 'Ana Souza');
    conversation = found?.id ?? '';
  }
});
afterAll(() => place.leave());

async function tims(...args: string[]): Promise<Ended> {
  const ended = await place.tims(args);
  expect(ended.code, `tims ${args.join(' ')}: ${ended.stderr}`).toBe(0);
  return ended;
}

test('a note is written, listed, changed, pinned and removed', async () => {
  const [, id = ''] =
    /^(not_\w+)/.exec((await tims('notes', 'add', conversation.slice(-8), 'Asked for an\ninvoice')).stdout) ?? [];
  await tims('notes', 'edit', id, 'Asked for two\ninvoices');
  expect((await tims('notes', 'pin', id)).stdout).toMatch(/pinned$/m);
  const { stdout } = await tims('notes', 'list', conversation);
  expect(stdout).toContain(`${id}  `);
  expect(stdout).toContain('  Asked for two\n  invoices');
  expect((await tims('notes', 'pin', id, '--off')).stdout).not.toContain('pinned');
  await tims('notes', 'remove', id);
  expect((await tims('notes', 'list', conversation)).stderr).toContain('No notes.');
});

test('a follow-up is made, snoozed and done', async () => {
  await tims('follow-ups', 'add', conversation, '2026-01-05T09:00', 'Paid?');
  const due = JSON.parse((await tims('follow-ups', 'list', '--due', '--json')).stdout).data;
  expect(due).toMatchObject([{ text: 'Paid?', due: true }]);
  expect((await tims('follow-ups', 'list')).stdout).toMatch(/\(due\).+Paid\?/);
  const end = due[0].id.slice(-8);
  await tims('follow-ups', 'snooze', end, '2h');
  expect(JSON.parse((await tims('follow-ups', 'list', '--due', '--json')).stdout).data).toEqual([]);
  expect((await tims('follow-ups', 'done', end)).stdout).toMatch(/done$/m);
  expect((await place.tims(['follow-ups', 'snooze', end, 'soon'])).code).toBe(2);
});

test('a canned response is made, shown as it would be sent, changed and deleted', async () => {
  await tims('canned', 'create', 'hello', 'Hello {{contact.first_name}}, {{contact.attributes.plan}}', '--team', 'cx');
  const rendered = await tims('canned', 'render', 'hello', conversation);
  expect(rendered.stdout).toBe('Hello Ana, {{contact.attributes.plan}}\n');
  expect(rendered.stderr).toContain('Missing: contact.attributes.plan');
  await tims('canned', 'update', 'hello', '--text', 'Good day', '--everybody');
  expect((await tims('canned', 'show', 'hello')).stdout).toContain('Good day');
  expect((await tims('canned', 'list')).stdout).toMatch(/^hello +hello +Good day/m);
  expect((await place.tims(['canned', 'create', 'x', '{{contact.nme}}'])).stderr).toContain('line 1, column 1');
  await tims('canned', 'delete', 'hello');
  expect((await tims('canned', 'list')).stderr).toContain('No canned responses.');
});

test('colleagues watch, views are kept, drafts and notifications are looked at', async () => {
  expect((await tims('participants', 'add', conversation, 'me')).stdout).toContain('watches');
  const listed = (await tims('participants', 'list', conversation)).stdout;
  expect(listed).toMatch(/^Ana Souza +outside/m);
  expect(listed).toMatch(/ watches +usr_/);
  await tims('participants', 'remove', conversation, 'me');

  await tims('views', 'create', 'My unread', '--assignee', 'me', '--unread');
  expect((await tims('views', 'list')).stdout).toMatch(/My unread +me +unread=true assigneeId=usr_/);
  await tims('views', 'delete', 'my unread');
  expect((await tims('views', 'list')).stderr).toContain('No views.');

  expect((await tims('drafts', 'list')).stderr).toContain('No drafts.');
  expect((await tims('drafts', 'show', conversation)).stderr).toContain('No draft.');
  expect((await tims('notifications', 'list')).stdout).toMatch(/^ID +UNREAD/);
  expect((await tims('notifications', 'read', '--all')).stdout).toContain('marked as read');
  expect((await tims('notifications', 'list', '--unread')).stderr).toContain('0 unread.');
  expect((await place.tims(['notifications', 'read'])).code).toBe(2);
});
