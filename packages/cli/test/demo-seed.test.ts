import { expect, test } from 'vitest';
import { addressOf, newPlace } from './process.js';

test('a demo is filled while its server is stopped, and found in order', async () => {
  const place = newPlace();
  place.env.TIMS_DEMO_PASSWORD = 'demo-password-1';
  expect(await place.tims(['demo', 'seed', '--size', '100'])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('There is no database yet'),
  });
  const first = place.start(['start', '--demo']);
  await addressOf(first);
  expect((await place.tims(['demo', 'seed', '--size', '100'])).stderr).toMatch(/in use|running|stop/i);
  first.child.kill('SIGTERM');
  await first.ended;

  const made = await place.tims(['demo', 'seed', '--size', '100', '--json']);
  expect(made.code, made.stderr).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ conversations: 100 });
  expect((await place.tims(['demo', 'seed', '--size', '100'])).stdout).toBe('They are all there already.\n');
  const other = await place.tims(['demo', 'seed', '--size', '1k']);
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('100 conversations were begun') });
  const findings: { check: string; status: string }[] = JSON.parse((await place.tims(['doctor', '--json'])).stdout);
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);

  // The people who were made for it have the demo's password.
  const second = place.start(['start', '--demo']);
  const url = await addressOf(second);
  const login = ['login', '--url', url, '--email', 'seed-01@example.com', '--password-stdin'];
  expect(await place.tims(login, { input: 'demo-password-1' })).toMatchObject({ code: 0 });
  const listed = await place.tims(['conversations', 'list', '--limit', '100', '--json']);
  expect(JSON.parse(listed.stdout).data.length).toBeGreaterThan(5);
  await place.leave();
}, 90_000);

test('an installation that is no demo is left alone unless one insists', async () => {
  const place = newPlace();
  const who = ['--organization', 'Bright', '--email', 'mei@example.com', '--name', 'Mei', '--password-stdin'];
  await place.tims(['init', ...who], { input: 'nine-lives-of-a-cat' });
  const refused = await place.tims(['demo', 'seed', '--size', '100']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('This installation is no demo') });
  const forced = await place.tims(['demo', 'seed', '--size', '100', '--force']);
  expect(forced).toMatchObject({ code: 1, stderr: expect.stringContaining('has no WhatsApp channel') });
  // What was refused did not begin.
  const other = await place.tims(['demo', 'seed', '--size', '200', '--force']);
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('has no WhatsApp channel') });
  expect(await place.tims(['demo', 'seed', '--size', 'many'])).toMatchObject({ code: 2 });
  await place.leave();
}, 60_000);
