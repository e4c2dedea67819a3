import { afterEach, beforeEach, expect, test } from 'vitest';
import { appCode } from '../../server/test/sign-in/app-code.js';
import { addressOf, newPlace, type Place } from './process.js';

const password = 'correct horse battery';
let place: Place;
let url: string;
beforeEach(async () => {
  place = newPlace();
  place.env.TIMS_DEMO_PASSWORD = password;
  url = await addressOf(place.start(['start', '--demo']));
});
afterEach(() => place.leave());

const tims = (args: string[], options: Parameters<Place['tims']>[1] = {}) => place.tims(args, options);
const login = (...more: string[]) =>
  tims(['login', '--url', url, '--email', 'admin@example.com', '--password-stdin', ...more], { input: password });
const json = async (args: string[], options?: Parameters<Place['tims']>[1]) =>
  JSON.parse((await tims([...args, '--json'], options)).stdout);

test('a second factor is set up, asked for and taken away; sessions are seen and ended', async () => {
  expect((await login()).code).toBe(0);
  const { secret, uri } = await json(['second-factor', 'enable', '--password-stdin'], { input: password });
  expect(uri).toMatch(/^otpauth:\/\/totp\/TIMS:admin/);
  const confirmed = await tims(['second-factor', 'confirm', appCode(secret, Date.now())]);
  expect(confirmed.stdout.trim().split('\n')).toHaveLength(10);
  expect(confirmed.stderr).toContain('Your second factor is on.');
  const [first = '', second = ''] = confirmed.stdout.trim().split('\n');

  // Without a terminal nobody can be asked.
  const unasked = await login('--profile', 'other');
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--code is missing')]);
  expect((await login('--profile', 'other', '--code', '000000')).code).toBe(3);
  expect((await login('--profile', 'other', '--code', first)).code).toBe(0);

  const { data } = await json(['sessions', 'list']);
  expect(data.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  expect((await tims(['sessions', 'list'])).stdout).toContain('this one');
  expect((await tims(['sessions', 'revoke', data[0].id])).code).toBe(0);
  expect((await tims(['whoami', '--profile', 'other'])).code).toBe(3);
  expect((await tims(['sessions', 'revoke', '--others'])).code).toBe(0);
  expect((await tims(['sessions', 'revoke'])).code).toBe(2);

  const off = await tims(['second-factor', 'disable', second, '--password-stdin'], { input: password });
  expect(off.code, off.stderr).toBe(0);
  expect(await json(['second-factor', 'status'])).toMatchObject({ enabled: false });
});

test('recovery codes are made anew, once with each', async () => {
  expect((await login()).code).toBe(0);
  const { secret } = await json(['second-factor', 'enable', '--password-stdin'], { input: password });
  const { recoveryCodes } = await json(['second-factor', 'confirm', appCode(secret, Date.now())]);
  const renew = ['second-factor', 'recovery-codes', recoveryCodes[0], '--password-stdin'];
  const renewed = await tims(renew, { input: password });
  expect(renewed.stderr).toContain('The codes of before are worth nothing any more.');
  expect(renewed.stdout.trim().split('\n')).toHaveLength(10);
  expect((await tims(renew, { input: password })).code).toBe(3);
});

test('an API key is made, used as TIMS_TOKEN, and revoked by its name', async () => {
  expect((await login()).code).toBe(0);
  const made = await tims(['keys', 'create', 'Nightly export', '--permission', 'conversations:read', 'directory:read']);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^tims_[\w-]{43}\n$/)]);
  const env = { TIMS_TOKEN: made.stdout.trim(), TIMS_URL: url };
  expect((await tims(['conversations', 'list'], { env })).code).toBe(0);
  expect((await tims(['users', 'list'], { env })).code).toBe(4);
  expect((await tims(['keys', 'list'])).stdout).toContain('Nightly export');
  expect((await tims(['keys', 'create', 'x', '--permission', 'keys:write'])).code).toBe(2);
  expect((await tims(['keys', 'revoke', 'nightly export'])).code).toBe(0);
  expect((await tims(['conversations', 'list'], { env })).code).toBe(3);
});
