// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { Contact, ContactAttribute, RealtimeItem } from '@tims/sdk';
import { afterEach, expect, test } from 'vitest';
import { ProfilePanel } from '../src/inbox-kit/contact/ProfilePanel.js';
import { person } from './person.js';
import { clock, problem, type ShellServer, someone } from './shell-server.js';
import { askedFor, closeStage, mine, openStage, type Stage } from './thread-stage.js';

afterEach(closeStage);

const path = '/api/contacts/con_cnv_1';
const update = `PATCH ${path}`;
let contact: Contact;

const definitions = [
  attribute('plan', 'Plan', 'select', ['gold', 'silver']),
  attribute('seats', 'Seats', 'number'),
  attribute('renewal', 'Renewal', 'date'),
  attribute('site', 'Site', 'url'),
  attribute('vip', 'VIP', 'boolean'),
];

test('a name is changed in place with Enter, with the version that was read', async () => {
  const stage = await openPanel();
  await edit(stage, /^Name: Dana Reyes/, 'Dana R. Reyes{Enter}');
  await screen.findByRole('button', { name: /^Name: Dana R. Reyes/ });
  expect(askedFor(stage, update)).toEqual([{ name: 'Dana R. Reyes', version: 1 }]);
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Name/));
});

test('leaving a field saves it, Escape and what stays the same do not', async () => {
  const stage = await openPanel();
  await edit(stage, /^Name/, 'Nobody{Escape}');
  await edit(stage, /^Name/, 'Dana Reyes{Enter}');
  expect(askedFor(stage, update)).toEqual([]);
  await edit(stage, /^Seats/, '12');
  await stage.user.click(screen.getByRole('heading', { name: 'Profile' }));
  await screen.findByRole('button', { name: /^Seats: 12/ });
  expect(askedFor(stage, update)).toEqual([{ attributes: { seats: 12 }, version: 1 }]);
});

test('each type has its field, and an empty one takes the value away', async () => {
  const stage = await openPanel({ attributes: { site: 'https://example.com/a', plan: 'bronze', seats: 3 } });
  const plan = screen.getByRole('combobox', { name: 'Plan' });
  expect(within(plan).getByRole('option', { name: 'bronze (no longer offered)' })).toBeDefined();
  await stage.user.selectOptions(plan, 'gold');
  await stage.user.click(screen.getByRole('checkbox', { name: 'VIP' }));
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'VIP' }).checked).toBe(true));
  expect(screen.getByRole('link', { name: 'Open Site' }).getAttribute('href')).toBe('https://example.com/a');
  await edit(stage, /^Seats: 3/, '{Enter}');
  await screen.findByRole('button', { name: /^Seats: Not set/ });
  expect(contact.attributes).toEqual({ site: 'https://example.com/a', plan: 'gold', vip: true });
});

test('a value that is none says so at its field, and what was written stays', async () => {
  const stage = await openPanel();
  await edit(stage, /^Seats/, 'many{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('Write a number, such as 1250.50.');
  await stage.user.keyboard('{Escape}');
  const errors = [{ path: '/body/attributes/site', message: 'is no address' }];
  stage.answer = ({ name }) => (name === update ? problem(400, 'attributes_invalid', 'No', { errors }) : undefined);
  await edit(stage, /^Site/, 'javascript:alert(1){Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('Site is no address.');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Site' }).value).toBe('javascript:alert(1)');
});

test('an address that is no web address is no link', async () => {
  await openPanel({ attributes: { site: 'javascript:alert(1)' } });
  expect(screen.queryByRole('link')).toBeNull();
});

test('what a colleague changes appears, and another field that they changed is no conflict', async () => {
  const stage = await openPanel();
  contact = { ...contact, kind: 'tutor', version: 2 };
  await edit(stage, /^Name/, 'Dana R.{Enter}');
  await screen.findByRole('button', { name: /^Name: Dana R\./ });
  expect(askedFor(stage, update).map(({ version }) => version)).toEqual([1, 2]);
  expect(contact).toMatchObject({ name: 'Dana R.', kind: 'tutor' });

  contact = { ...contact, name: 'Dana Told', version: 9 };
  await act(async () => stage.server.tell(told(9)));
  await screen.findByRole('button', { name: /^Name: Dana Told/ });
});

test('the same field that a colleague changed is shown before it is replaced', async () => {
  const stage = await openPanel();
  await edit(stage, /^Name/, 'Mine');
  contact = { ...contact, name: 'Theirs', version: 2 };
  await stage.user.keyboard('{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('changed it to “Theirs” meanwhile');
  expect(contact.name).toBe('Theirs');
  await stage.user.keyboard('{Enter}');
  await screen.findByRole('button', { name: /^Name: Mine/ });
  expect(contact.name).toBe('Mine');
});

test('who may only read is offered nothing to change', async () => {
  await openPanel({ attributes: { plan: 'gold' } }, {});
  expect(screen.getByText('gold')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Change|Block|Tag/ })).toBeNull();
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(screen.queryByText('Seats')).toBeNull();
});

test('blocking says what it does first, and can be taken back', async () => {
  const stage = await openPanel();
  await stage.user.click(screen.getByRole('button', { name: 'Block this contact' }));
  const question = screen.getByRole('alertdialog', { name: 'Block Dana Reyes?' });
  expect(question.textContent).toContain('What goes on with them is closed');
  await stage.user.click(within(question).getByRole('button', { name: 'Cancel' }));
  expect(askedFor(stage, update)).toEqual([]);
  await stage.user.click(screen.getByRole('button', { name: 'Block this contact' }));
  await stage.user.click(screen.getByRole('button', { name: 'Block' }));
  await stage.user.click(await screen.findByRole('button', { name: 'Unblock' }));
  await stage.user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Unblock' }));
  await screen.findByRole('button', { name: 'Block this contact' });
  expect(askedFor(stage, update)).toEqual([{ blocked: true }, { blocked: false }]);
});

/** Presses the text, and writes over it. */
async function edit(stage: Stage, name: RegExp, text: string): Promise<void> {
  const field = (await pressed(stage, name)) ?? (await pressed(stage, name));
  if (!field) throw new Error('No field is open');
  await stage.user.clear(field);
  await stage.user.keyboard(text);
}

/** The field that opens; none where the panel was drawn anew under the pointer, as it is while it loads. */
async function pressed(stage: Stage, name: RegExp): Promise<HTMLInputElement | undefined> {
  await stage.user.click(screen.getByRole('button', { name }));
  const open = () => {
    if (document.activeElement instanceof HTMLInputElement) return document.activeElement;
    throw new Error('No field is open');
  };
  return waitFor(open, { timeout: 300 }).catch(() => undefined);
}

async function openPanel(
  more: Partial<Contact> = {},
  rights: ShellServer['me']['permissions'] = { 'contacts:write': 'all' },
): Promise<Stage> {
  contact = person(more);
  const stage = await openStage({
    children: (
      <ProfilePanel contactId="con_cnv_1" conversationId="cnv_1" onOpenConversation={() => {}} onClose={() => {}} />
    ),
    prepare(server) {
      server.me = someone({ role: 'agent' });
      server.me.permissions = { ...server.me.permissions, ...rights };
      Object.assign(server.conversations[0] ?? {}, mine);
      server.instead.set(`GET ${path}`, () => ({ body: contact }));
      server.instead.set('GET /api/contact-attributes', () => ({ body: { data: definitions } }));
    },
  });
  stage.answer = ({ name, body }) => (name === update ? changed(body) : undefined);
  await act(async () => void (await stage.inbox.store.open('cnv_1')));
  await screen.findByText('Dana Reyes');
  if ('contacts:write' in rights) await screen.findByRole('button', { name: /^Seats/ });
  return stage;
}

/** As the server does it. */
function changed({ version, blocked, attributes, ...patch }: Record<string, unknown>) {
  if (version !== undefined && version !== contact.version) return problem(409, 'conflict', 'Changed meanwhile');
  const values = Object.entries({ ...contact.attributes, ...Object(attributes) }).filter(([, value]) => value !== null);
  contact = {
    ...contact,
    ...patch,
    ...(blocked === undefined ? {} : { blockedAt: blocked ? clock(5) : null }),
    attributes: Object.fromEntries(values) as Contact['attributes'],
    version: contact.version + 1,
  };
  return { body: contact };
}

function attribute(
  key: string,
  name: string,
  type: ContactAttribute['type'],
  options: string[] = [],
): ContactAttribute {
  return { key, name, type, options, position: 0, version: 1, createdAt: clock(0) };
}

function told(entityVersion: number): RealtimeItem {
  return {
    type: 'event',
    event: {
      id: 'evt_contact',
      type: 'contact.updated',
      entityId: 'con_cnv_1',
      entityVersion,
      actor: { type: 'user', id: 'usr_2' },
      at: clock(0),
      cursor: 'c9',
    },
  };
}
