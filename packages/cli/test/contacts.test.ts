import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, type Ended, newPlace, type Place } from './process.js';

let place: Place;

beforeAll(async () => {
  place = newPlace();
  place.env.TIMS_URL = await addressOf(place.start(['start', '--demo']));
});
afterAll(() => place.leave());

async function tims(...args: string[]): Promise<Ended> {
  const ended = await place.tims(['contacts', ...args]);
  expect(ended.code, `tims contacts ${args.join(' ')}: ${ended.stderr}`).toBe(0);
  return ended;
}

test('attributes are made, listed, changed and removed', async () => {
  await tims('attributes', 'create', 'plan', 'Plan', '--type', 'select', '--option', 'gold', 'silver');
  await tims('attributes', 'create', 'seats', 'Seats', '--type', 'number');
  await tims('attributes', 'create', 'vip', 'Very important', '--type', 'boolean');
  await tims('attributes', 'update', 'plan', '--option', 'gold', 'silver', 'bronze');
  expect((await tims('attributes', 'list')).stdout).toMatch(/^plan +Plan +select +gold, silver, bronze$/m);
  await tims('attributes', 'create', 'gone', 'Gone');
  expect((await tims('attributes', 'delete', 'gone')).stdout).toBe('gone removed\n');
  expect((await tims('attributes', 'list')).stdout).not.toContain('Gone');
});

test('somebody is written down, found by name, changed and shown', async () => {
  const { data } = JSON.parse((await place.tims(['channels', 'list', '--json'])).stdout);
  const address = ['--channel', data[0].name, '--address', '+447700900655'];
  const made = await tims('create', 'Zoë Bell', '--kind', 'tutor', ...address, '--set', 'plan=gold', 'seats=3');
  expect(made.stdout).toMatch(/^con_\w+ {2}Zoë Bell {2}tutor\n$/);
  const changed = await tims('update', 'zoë bell', '--set', 'vip=yes', 'seats=', '--name', 'Zoë Bell-Adam', '--json');
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: 'Zoë Bell-Adam', attributes: { plan: 'gold', vip: true } });
  const { stdout } = await tims('show', 'Zoë Bell-Adam');
  expect(stdout).toMatch(/^name +Zoë Bell-Adam$/m);
  expect(stdout).toMatch(/^address +\+447700900655$/m);
  expect(stdout).toMatch(/^Very important +yes$/m);
  expect(stdout).not.toContain('Seats');
  expect((await tims('list', '--name', 'ZOE')).stdout).toMatch(/Zoë Bell-Adam +tutor +\+447700900655/);
  const refused = await place.tims(['contacts', 'update', 'Zoë Bell-Adam', '--set', 'seats=many']);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('seats is not a number');
  expect((await place.tims(['contacts', 'update', 'Zoë Bell-Adam', '--set', 'seats'])).code).toBe(2);
});

test('somebody is blocked and unblocked, and what was said with them is shown', async () => {
  const { data } = JSON.parse((await place.tims(['conversations', 'list', '--json'])).stdout);
  const { contact, id } = data[0];
  expect((await tims('block', contact.id)).stdout).toMatch(/ blocked$/m);
  expect((await tims('list', '--blocked')).stdout).toContain(contact.name);
  const refused = await place.tims(['send', id, 'Hello']);
  expect(refused.stderr).toContain('The contact is blocked');
  expect((await tims('unblock', contact.id.slice(-8))).stdout).not.toContain('blocked');
  expect((await tims('conversations', contact.id)).stdout).toContain(contact.name);
  const { stdout } = await tims('stream', contact.id, '--limit', '2');
  expect(stdout).toContain(`, in ${id.slice(-6)}`);
});
