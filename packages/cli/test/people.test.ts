import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, newPlace, type Place, type Running } from './process.js';

let place: Place;
let server: Running;
let url: string;

beforeAll(async () => {
  place = newPlace();
  server = place.start(['start', '--demo']);
  url = await addressOf(server);
  place.env.TIMS_URL = url;
});
afterAll(() => place.leave());

const json = async (...args: string[]) => {
  const ended = await place.tims([...args, '--json']);
  if (ended.code !== 0) throw new Error(`tims ${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
  return JSON.parse(ended.stdout); // the API's schemas say the shape
};
const post = (path: string, body: object) =>
  fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Asks until there is a mail to this address. */
async function mailTo(address: string): Promise<{ id: string; text: string }> {
  for (let tries = 0; tries < 100; tries++) {
    const { data } = await json('mail', 'list');
    const found = data.find(({ to }: { to: string }) => to === address);
    if (found) return found;
  }
  throw new Error(`No mail came to ${address}`);
}

test('somebody is invited, reads the mail, accepts and signs in', async () => {
  const invited = await place.tims(['invitations', 'create', 'lina@example.com', '--role', 'agent', '--team', 'tx']);
  expect(invited.stdout).toMatch(new RegExp(`^${url}/invite\\?token=[\\w-]{43}\n$`));
  expect(invited.stderr).toContain('Invited lina@example.com as agent');
  const { id } = await mailTo('lina@example.com');
  const shown = await place.tims(['mail', 'show', id]);
  expect(shown.stdout).toContain(invited.stdout.trim());
  const folder = join(place.folder, 'data/mail');
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o77).toBe(0);
  const token = /token=(\S+)/.exec(shown.stdout)?.[1] ?? '';
  const password = 'a good horse battery';
  expect((await post('/api/invitations/accept', { token, name: 'Lina', password })).status).toBe(201);
  const login = ['login', '--profile', 'lina', '--email', 'lina@example.com', '--password-stdin'];
  expect((await place.tims(login, { input: password })).code).toBe(0);
  const me = await place.tims(['me', 'show', '--profile', 'lina']);
  expect(me.stdout).toMatch(/name +Lina\nrole +agent/);
  expect((await place.tims(['users', 'show', 'lina@example.com'])).stdout).toMatch(/teams +tx\n/);
  expect((await place.tims(['invitations', 'list'])).stdout).toMatch(/lina@example.com +agent +accepted/);
});

test('an invitation is sent again and withdrawn', async () => {
  const first = await json('invitations', 'create', 'omar@example.com');
  const again = await json('invitations', 'resend', 'omar@example.com');
  expect(again).toMatchObject({ id: first.id, version: 2 });
  expect(again.link).not.toBe(first.link);
  expect((await place.tims(['invitations', 'delete', 'omar@example.com'])).code).toBe(0);
  expect((await place.tims(['invitations', 'delete', 'omar@example.com'])).code).toBe(5);
});

test('a forgotten password is replaced with the link from the mail', async () => {
  expect((await post('/api/auth/password-reset', { email: 'manager@example.com' })).status).toBe(202);
  const { text } = await mailTo('manager@example.com');
  const token = new RegExp(`${url}/reset-password\\?token=(\\S+)`).exec(text)?.[1];
  const password = 'yet another horse';
  expect((await post('/api/auth/password-reset/confirm', { token, password })).status).toBe(204);
  const login = ['login', '--profile', 'mei', '--email', 'manager@example.com', '--password-stdin'];
  expect((await place.tims(login, { input: password })).code).toBe(0);
});

test('users are changed, found and given passwords', async () => {
  const create = ['users', 'create', '--email', 'ben@example.com', '--name', 'Ben', '--password-stdin', '--json'];
  const made = JSON.parse((await place.tims(create, { input: 'correct horse battery' })).stdout);
  expect(made.role).toBe('agent');
  const update = ['--role', 'assistant_manager', '--team', 'cx', 'tx', '--lead', 'tx', '--primary', 'tx'];
  const changed = await place.tims(['users', 'update', 'ben@example.com', '--name', 'Benedict', ...update]);
  expect(changed.stdout).toMatch(/name +Benedict\nrole +assistant_manager\nstatus +active\nteams +tx \(lead\), cx/);
  const listed = await json('users', 'list', '--role', 'assistant_manager', '--team', 'tx');
  expect(listed.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
  expect((await json('users', 'update', 'ben@example.com', '--team')).teams).toEqual([]);
  expect((await place.tims(['users', 'update', 'ben@example.com', '--lead', 'tx'])).code).toBe(2);
  const set = ['users', 'password', 'ben@example.com', '--password-stdin'];
  expect((await place.tims(set, { input: 'another horse battery' })).code).toBe(0);
  const login = ['login', '--profile', 'ben', '--email', 'ben@example.com', '--password-stdin'];
  expect((await place.tims(login, { input: 'correct horse battery' })).code).toBe(3);
  expect((await place.tims(login, { input: 'another horse battery' })).code).toBe(0);
  const own = ['me', 'password', '--profile', 'ben', '--password-stdin'];
  expect((await place.tims(own, { input: 'another horse battery\nthe third horse battery' })).code).toBe(0);
  expect((await place.tims(login, { input: 'the third horse battery' })).code).toBe(0);
  const zone = await json('me', 'update', '--profile', 'ben', '--time-zone', 'Asia/Kuala_Lumpur');
  expect(zone.timeZone).toBe('Asia/Kuala_Lumpur');
});

test('teams are renamed, joined and left', async () => {
  expect((await place.tims(['teams', 'create', 'vx', 'Visitors'])).code).toBe(0);
  expect((await place.tims(['teams', 'update', 'vx', '--name', 'Guests'])).stdout).toBe('vx  Guests\n');
  expect((await place.tims(['teams', 'add', 'vx', 'agent@example.com', '--lead'])).stdout).toContain(
    'Arjun Nair (lead)',
  );
  expect((await place.tims(['teams', 'add', 'vx', 'agent@example.com', '--no-lead'])).stdout).toMatch(/Arjun Nair\n/);
  expect((await place.tims(['teams', 'remove', 'vx', 'agent@example.com'])).stdout).toBe('vx  Guests\n');
});

test('a role is made, shown, given, changed and removed', async () => {
  const permissions = ['--permission', 'activities:read=all', 'directory:read=all'];
  const made = await place.tims(['roles', 'create', 'auditor', '--name', 'Auditor', '--rank', '10', ...permissions]);
  expect(made.stdout).toMatch(/auditor {2}Auditor {2}rank 10/);
  expect((await place.tims(['roles', 'list'])).stdout).toMatch(/auditor +Auditor +10 +2 +own/);
  expect((await place.tims(['roles', 'show', 'agent'])).stdout).toMatch(/conversations:read +assigned/);
  expect((await place.tims(['users', 'update', 'agent@example.com', '--role', 'auditor'])).code).toBe(0);
  expect((await place.tims(['roles', 'delete', 'auditor'])).code).toBe(6);
  expect((await place.tims(['users', 'update', 'agent@example.com', '--role', 'agent'])).code).toBe(0);
  expect((await json('roles', 'update', 'auditor', '--name', 'Quality')).name).toBe('Quality');
  expect((await place.tims(['roles', 'create', 'bad', '--name', 'x', '--rank', '1', '--permission', 'x'])).code).toBe(
    2,
  );
  expect((await place.tims(['roles', 'delete', 'auditor'])).code).toBe(0);
  expect((await place.tims(['roles', 'show', 'auditor'])).code).toBe(5);
});

test('settings are listed, read and set', async () => {
  expect((await place.tims(['settings', 'list'])).stdout).toMatch(/queueSight +preview/);
  expect((await place.tims(['settings', 'set', 'overloadAt', '25'])).stdout).toBe('25\n');
  expect((await place.tims(['settings', 'set', 'contactKinds', 'customer, parent'])).stdout).toBe('customer,parent\n');
  expect((await place.tims(['settings', 'get', 'overloadAt'])).stdout).toBe('25\n');
  expect((await place.tims(['settings', 'set', 'queueSight', 'half'])).code).not.toBe(0);
  expect((await place.tims(['settings', 'get', 'nothing'])).code).toBe(5);
});

test('nothing of a link stands in the log', async () => {
  const { id } = await json('invitations', 'create', 'log@example.com');
  const { text } = await mailTo('log@example.com');
  expect(id).toMatch(/^inv_/);
  const token = /token=(\S+)/.exec(text)?.[1] ?? 'none';
  await fetch(`${url}/invite?token=${token}`);
  await post('/api/invitations/preview', { token });
  await post('/api/invitations/accept', { token, password: 'short' });
  expect(token).toHaveLength(43);
  expect(server.stderr() + server.stdout()).not.toContain(token);
});
