import { openSqlite, openTestInstallation, type TestInstallation, testPassword } from '@tims/testing';
import bcrypt from 'bcrypt';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { defaultSettings, login } from '../src/index.js';

let tims: TestInstallation;
let statements: string[];
const passwords = vi.spyOn(bcrypt, 'compare');
const codes = vi.spyOn(TOTP.prototype, 'validate');

beforeAll(async () => {
  tims = await openTestInstallation(await openSqlite());
  const { reader, writer } = tims.installation.storage;
  for (const db of new Set([reader, writer])) db.on('query', ({ sql }: { sql: string }) => statements.push(sql));
});
beforeEach(() => {
  statements = [];
});
afterAll(async () => {
  vi.restoreAllMocks();
  await tims.close();
});

/** What a refused log-in cost: what takes long, and what was asked of the database before it was answered. */
async function costOf(input: { email: string; password: string; code?: string }) {
  passwords.mockClear();
  codes.mockClear();
  statements = [];
  const answer = await login(tims.installation, input).then(
    () => 'in',
    ({ code }) => code,
  );
  // The record for the organization of a known account is written behind the answer.
  const asked = statements.filter((sql) => !/activity|organization_heads/.test(sql) && !/^(BEGIN|COMMIT)/i.test(sql));
  return { answer, passwords: passwords.mock.calls.length, codes: codes.mock.calls.length, asked };
}

it.each([{}, { code: '000000' }])(
  'a log-in is refused at the same price, whether or not there is an account %o',
  async (more) => {
    const email = await tims.emailOf(await tims.addUser('agent', []));
    const known = await costOf({ email, password: 'wrong horse battery', ...more });
    const unknown = await costOf({
      email: `somebody${'code' in more}@example.com`,
      password: 'wrong horse battery',
      ...more,
    });
    expect(known).toMatchObject({ answer: 'login_failed', passwords: 1, codes: 'code' in more ? 1 : 0 });
    expect(unknown).toEqual(known);
    expect(await costOf({ email: `nobody${'code' in more}@example.com`, password: testPassword, ...more })).toEqual(
      unknown,
    );
  },
);

it('a password is compared with a hash of the same cost where there is no account', async () => {
  await costOf({ email: 'nobody@example.com', password: testPassword });
  const [, nobodys = ''] = passwords.mock.calls[0] ?? [];
  await costOf({ email: tims.adminEmail, password: 'wrong horse battery' });
  const [, somebodys = ''] = passwords.mock.calls[0] ?? [];
  expect(nobodys.slice(0, 7)).toBe(somebodys.slice(0, 7));
  expect(nobodys).toHaveLength(somebodys.length);
  // Tests sign in a thousand people; nobody else does with less than this.
  expect(defaultSettings.passwordCost).toBe(12);
});
