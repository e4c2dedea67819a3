import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOf, newPlace, type Place } from './process.js';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.leave());

const password = 'nine-lives-of-a-cat';
const init = (...more: string[]) =>
  place.tims(
    ['init', '--organization', 'Bright', '--email', 'mei@example.com', '--name', 'Mei', '--password-stdin', ...more],
    {
      input: `${password}\n`,
    },
  );

test('init on an empty folder makes an installation that can be signed in to', async () => {
  const made = await init('--json');
  expect(made.code).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({
    organizationId: expect.stringMatching(/^org_/),
    userId: expect.stringMatching(/^usr_/),
  });
  expect(statSync(join(place.folder, 'data/secret.key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(place.folder, 'data')).mode & 0o777).toBe(0o700);
  expect(statSync(join(place.folder, 'data/tims.db')).mode & 0o777).toBe(0o600);

  const server = place.start(['start']);
  const url = await addressOf(server);
  const login = await place.tims(['login', '--url', url, '--email', 'mei@example.com', '--password-stdin'], {
    input: password,
  });
  expect(login).toMatchObject({ code: 0, stdout: `Signed in at ${url} as mei@example.com (admin).\n` });
  const profile = join(place.folder, 'config/tims/config.json');
  expect(statSync(profile).mode & 0o777).toBe(0o600);
  expect(readFileSync(profile, 'utf8')).not.toContain(password);
  expect((await place.tims(['whoami'])).stdout).toMatch(/e-mail +mei@example.com\n/);

  const listed = await place.tims(['conversations', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual({ data: [], nextCursor: null, asOf: expect.any(String) });
  expect((await place.tims(['logout'])).code).toBe(0);
  expect((await place.tims(['whoami'])).code).toBe(3);
});

test('a second init is refused, and makes another organization when told to', async () => {
  await init();
  const again = await init();
  expect(again).toMatchObject({ code: 6, stdout: '' });
  expect(again.stderr).toContain('--another');
  const taken = await init('--another');
  expect(taken.code).toBe(1);
  expect(taken.stderr).toContain('A user with this e-mail already exists');
});

test('without a terminal nothing is asked for', async () => {
  const ended = await place.tims(['init', '--organization', 'Bright']);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('--email is missing');
});

test('the demo keeps off a database with real organizations', async () => {
  await init();
  const ended = await place.tims(['start', '--demo']);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('made by `tims init`');
  expect(existsSync(join(place.folder, 'data/demo.json'))).toBe(false);
  expect(existsSync(join(place.folder, 'data/demo-password'))).toBe(false);
});

test('a demo password that is too common leaves nothing behind, and the next start takes another', async () => {
  const ended = await place.tims(['start', '--demo'], { env: { TIMS_DEMO_PASSWORD: 'password1' } });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('TIMS_DEMO_PASSWORD is not good enough');
  expect(ended.stderr).not.toContain('password1');
  const server = place.start(['start', '--demo'], { env: { TIMS_DEMO_PASSWORD: password } });
  await addressOf(server);
  expect(server.stdout()).toContain(`password ${password}`);
});

test('another secret key is refused before anything is served, and doctor says which channels it fails', async () => {
  const server = place.start(['start', '--demo']);
  await addressOf(server);
  server.child.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const env = { TIMS_SECRET_KEY: 'another key of at least thirty-two characters' };
  const refused = await place.tims(['start'], { env });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('The secret key is not the one that sealed the secrets of "Demo number"');
  const doctor = await place.tims(['doctor', '--json'], { env });
  expect(doctor.code).toBe(1);
  const failed = JSON.parse(doctor.stdout).filter(({ status }: { status: string }) => status === 'fail');
  expect(failed).toEqual([expect.objectContaining({ check: 'secret key', detail: expect.stringMatching(/chn_/) })]);
});

test('migrate --check changes nothing and fails while there is something to do', async () => {
  const before = await place.tims(['migrate', '--check', '--json']);
  expect(before.code).toBe(1);
  const { pending } = JSON.parse(before.stdout);
  expect(pending).toContain('core/0001-spine/organizations');
  expect(existsSync(join(place.folder, 'data'))).toBe(false);
  const done = await place.tims(['migrate', '--json']);
  expect(JSON.parse(done.stdout).applied).toEqual(pending);
  expect((await place.tims(['migrate', '--check'])).code).toBe(0);
});

test('doctor warns before the first start, and about a key that others can read', async () => {
  const fresh = await place.tims(['doctor']);
  expect(fresh.code).toBe(0);
  expect(fresh.stdout).toMatch(/warn +data folder/);
  await init();
  chmodSync(join(place.folder, 'data/secret.key'), 0o644);
  const open = await place.tims(['doctor']);
  expect(open.code).toBe(0);
  expect(open.stdout).toMatch(/warn +key file +others may read/);
  expect(open.stdout).toMatch(/ok +database +sqlite, at this version's schema/);
  expect(open.stdout).toMatch(/ok +counts/);
});

test('a file that is no database is said to be none', async () => {
  mkdirSync(join(place.folder, 'data'));
  writeFileSync(join(place.folder, 'data/tims.db'), 'not a database at all, but long enough to look like one');
  for (const args of [['start'], ['migrate']]) {
    const ended = await place.tims(args);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('tims.db');
    expect(ended.stderr).not.toMatch(/\n +at /);
  }
  expect((await place.tims(['doctor'])).stdout).toMatch(/fail +database/);
});

test('a database server that does not answer is named, without its password', async () => {
  const ended = await place.tims(['start'], {
    env: { TIMS_DATABASE_URL: 'mysql://tims:hidden-pass@127.0.0.1:9/tims' },
  });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain('Cannot open the database "tims" at 127.0.0.1:9');
  expect(ended.stderr).not.toContain('hidden-pass');
});

test('while a send hangs, a second signal ends the server at once', async () => {
  const server = place.start(['start', '--demo']);
  place.env.TIMS_URL = await addressOf(server);
  const simulator = ['--simulator', /WhatsApp simulator +(\S+)/.exec(server.stdout())?.[1] ?? ''];
  const simulate = (...args: string[]) => place.tims(['simulate', 'whatsapp', ...args, ...simulator]);
  await simulate('fault', 'hang');
  await simulate('message', 'Hello', '--from', '+447700900401', '--name', 'Hana');
  const send = ['send', '--channel', 'Demo number', '--to', '+447700900401', 'Hi Hana', '--json'];
  const { conversationId } = JSON.parse((await place.tims(send)).stdout);
  const state = async () =>
    JSON.parse((await place.tims(['conversations', 'show', conversationId, '--json'])).stdout).messages.at(-1).state;
  while ((await state()) !== 'sending');
  server.child.kill('SIGTERM');
  await server.until('stderr', /"stopping"/);
  // Nearer together they count as one: npm hands Ctrl+C on to a process that has it already.
  await new Promise((resolve) => setTimeout(resolve, 400));
  server.child.kill('SIGTERM');
  const ended = await server.ended;
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('stopped at once');
});
