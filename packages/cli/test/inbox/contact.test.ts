import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { View } from '../../src/inbox/inbox.js';
import type { Desk } from './desk.js';
import { linesOf, type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const admin = await office.sit();
  await admin.tims.contactAttributes.create({ key: 'plan', name: 'Plan', type: 'select', options: ['gold', 'silver'] });
  await admin.tims.contactAttributes.create({ key: 'seats', name: 'Seats', type: 'number', position: 1 });
  await admin.tims.contactAttributes.create({ key: 'renewal', name: 'Renewal', type: 'date', position: 2 });
  office.empty();
});
afterEach(() => office.empty());
afterAll(() => office.close());

/** What the list that is open says behind a name; undefined where it has none such. */
function detailOf({ state }: View, label: string): string | undefined {
  if (state.mode.name !== 'pick') return undefined;
  return state.mode.pick.options.find((one) => one.label === label)?.detail;
}

const showsContact = ({ state }: View) =>
  state.mode.name === 'pick' && state.mode.pick.kind === 'contact' && state.mode.pick.options.length > 1;

async function openContact(name: string, desk?: Desk): Promise<Desk> {
  const sitting = desk ?? (await office.sit());
  await sitting.open(name);
  sitting.press('i');
  await sitting.until(showsContact, 'the contact');
  return sitting;
}

/** Chooses what is called so, in the list that is open. */
async function choose(desk: Desk, label: string): Promise<void> {
  desk.press(`\u0015${label.toLowerCase()}\r`);
  await desk.until(({ state }) => state.mode.name !== 'browse' && !showsContact(desk.inbox.view()), label);
}

async function contactOf(desk: Desk, name: string) {
  const { data } = await desk.tims.contacts.list({ name });
  const [contact] = data;
  if (!contact) throw new Error(`There is no contact ${name}`);
  return contact;
}

test('name, kind and attributes are changed where they are shown, each by its type', async () => {
  await office.conversation('Plain Person');
  const desk = await openContact('Plain Person');
  expect(detailOf(desk.inbox.view(), 'Plan')).toBe('not set');
  await choose(desk, 'Plan');
  desk.press('gold\r');
  await desk.until((view) => detailOf(view, 'Plan') === 'gold', 'the plan');
  await choose(desk, 'Kind');
  desk.press('tutor\r');
  await desk.until((view) => detailOf(view, 'Kind') === 'tutor', 'the kind');
  await choose(desk, 'Seats');
  desk.press('many\r');
  await desk.said(/^"many" is no value for it: a number, such as 1250\.50; empty takes it away\.$/);
  desk.press('\u001512.5\r');
  await desk.until((view) => detailOf(view, 'Seats') === '12.5', 'the seats');
  await choose(desk, 'Renewal');
  desk.press('tomorrow\r');
  await desk.said(/^Renewal /);
  // What was typed stays, to be mended.
  expect(desk.inbox.view().state.mode).toMatchObject({ name: 'ask', ask: { field: { text: 'tomorrow' } } });
  desk.press('\u00152027-01-31\r');
  await desk.until((view) => detailOf(view, 'Renewal') === '2027-01-31', 'the day');
  await choose(desk, 'Name');
  desk.press('\u0015Plain Person of Ipoh\r');
  await desk.until((view) => detailOf(view, 'Name') === 'Plain Person of Ipoh', 'the name');
  const contact = await contactOf(desk, 'Plain Person');
  expect(contact).toMatchObject({ kind: 'tutor', attributes: { plan: 'gold', seats: 12.5, renewal: '2027-01-31' } });
  await choose(desk, 'Seats');
  desk.press('\u0015\r');
  await desk.until((view) => detailOf(view, 'Seats') === 'not set', 'the seats taken away');
});

test('what a colleague changes meanwhile comes in, and is not overwritten unseen', async () => {
  await office.conversation('Busy Person');
  const desk = await openContact('Busy Person');
  const { id } = await contactOf(desk, 'Busy Person');
  const other = await office.sit();
  await other.tims.contacts.update({ id, attributes: { plan: 'silver' } });
  await desk.until((view) => detailOf(view, 'Plan') === 'silver', 'what the colleague chose, live');
  await choose(desk, 'Seats');
  await other.tims.contacts.update({ id, attributes: { seats: 7 } });
  desk.press('\u00159\r');
  await desk.said(/^A colleague changed it to "7" meanwhile\. Save it again to replace that\.$/);
  expect((await contactOf(desk, 'Busy Person')).attributes.seats).toBe(7);
  desk.press('\r');
  await desk.until((view) => detailOf(view, 'Seats') === '9', 'it replaced');
  expect((await contactOf(desk, 'Busy Person')).attributes).toEqual({ plan: 'silver', seats: 9 });
});

test('blocking says what comes of it first, and is taken back', async () => {
  await office.conversation('Rude Person');
  const desk = await openContact('Rude Person');
  await choose(desk, 'Block them');
  // Who only presses Enter changes nothing.
  desk.press('\r');
  await desk.until(showsContact, 'the contact as it was');
  await choose(desk, 'Block them');
  desk.press('block\r');
  await desk.until((view) => detailOf(view, 'Unblock them') !== undefined, 'that they are blocked');
  expect((await contactOf(desk, 'Rude Person')).blockedAt).not.toBeNull();
  await choose(desk, 'Unblock them');
  desk.press('unblock\r');
  await desk.until((view) => detailOf(view, 'Block them') !== undefined, 'that they are heard again');
  expect((await contactOf(desk, 'Rude Person')).blockedAt).toBeNull();
});

test('notes about the contact are written, shown, pinned and removed, and are none of the conversation', async () => {
  const id = await office.conversation('Known Well');
  const desk = await openContact('Known Well');
  await choose(desk, 'Notes');
  desk.press('\r');
  await desk.until(({ state }) => state.mode.name === 'write' && state.mode.about?.kind === 'contact', 'the composer');
  desk.press('Prefers mornings \u001b]0;owned\u0007\r');
  await desk.said(/^Noted with Known Well\.$/);
  desk.press('i');
  await desk.until((view) => detailOf(view, 'Notes')?.startsWith('1 · Prefers mornings'), 'it there');
  await choose(desk, 'Notes');
  desk.press('prefers\r');
  desk.press('pin\r');
  await desk.said(/^Pinned\.$/);
  await desk.until(showsContact, 'the contact again');
  await choose(desk, 'Notes');
  desk.press('prefers\r');
  desk.press('remove\r');
  await desk.until((view) => detailOf(view, 'Notes') === 'none yet', 'it gone');
  expect((await desk.tims.notes.list({ id })).data).toEqual([]);
  expect(linesOf(desk.inbox.view())).not.toContain('Prefers');
});

test('tags of the contact are put on and taken off', async () => {
  await office.conversation('Labelled Person');
  const desk = await openContact('Labelled Person');
  await choose(desk, 'Tags');
  desk.press('payment\r');
  await desk.said(/^Payment is on it\.$/);
  expect((await contactOf(desk, 'Labelled Person')).tags).toHaveLength(1);
  desk.press('payment\r');
  await desk.said(/^Payment is off\.$/);
});

test('whoever may not change it only sees what there is; a preview shows nobody', async () => {
  const id = await office.conversation('Distant Person');
  const admin = await office.sit();
  await admin.tims.contacts.update({ id: (await contactOf(admin, 'Distant Person')).id, attributes: { plan: 'gold' } });
  const agent = await office.agent();
  const desk = await office.sit(agent);
  await desk.open('Distant Person', '2');
  desk.press('i');
  await desk.said(/^Who it is with is shown once you have taken it\.$/);
  const stranger = await office.server.tims.addUser('manager', []);
  const looking = await openContact('Distant Person', await office.sit(stranger));
  expect(detailOf(looking.inbox.view(), 'Plan')).toBe('gold');
  expect(detailOf(looking.inbox.view(), 'Seats')).toBeUndefined();
  looking.press('plan\r');
  expect(looking.inbox.view().state.mode).toEqual({ name: 'browse' });
  expect(id).toMatch(/^cnv_/);
});
