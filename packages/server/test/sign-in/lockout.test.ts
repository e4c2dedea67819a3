import { openSqlite, testPassword } from '@tims/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPerson } from '../stage/index.js';
import { type Door, openDoor, secure, told } from './door.js';

const minute = 60_000;
const wrong = 'wrong horse battery';

/** How failures are counted is tested with the feature itself; here, that every way in counts them. */
describe('after too many failures', () => {
  let door: Door;
  beforeEach(async () => {
    door = await openDoor(await openSqlite());
  });
  afterEach(() => door.close());

  /** Each from another address, so that the account alone is counted. */
  let address = 0;
  const from = () => ({ 'x-forwarded-for': `203.0.113.${++address % 250}` });
  // The proxy that is believed is where the stage's requests come from.
  const fail = (email: string, times: number) =>
    Promise.all(Array.from({ length: times }, () => door.login({ email, password: wrong }, from())));

  it('an account is locked, for whoever knows the password as well', async () => {
    const { email } = door.agent;
    const failed = await fail(email, 10);
    expect(failed.map(({ status }) => status)).toEqual(Array(10).fill(401));
    const locked = await door.login({ email, password: testPassword });
    expect(locked).toMatchObject({ status: 429, body: { code: 'login_locked' } });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(30);
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await door.login({ email: email.toUpperCase(), password: testPassword })).status).toBe(429);

    door.pass(minute);
    expect((await door.login({ email, password: testPassword })).status).toBe(200);
  });

  it('an e-mail that nobody has locks as one that somebody has', async () => {
    const [known, unknown] = [door.agent.email, 'nobody@example.com'];
    const answers = async (email: string) => {
      const failed = await fail(email, 10);
      const locked = await door.login({ email, password: testPassword });
      const { retryAfterSeconds: _seconds, ...rest } = locked.body;
      return [...failed.map(told), told({ ...locked, body: rest })];
    };
    expect(await answers(unknown)).toEqual(await answers(known));
    const rows = await door.tims.installation.storage.reader('login_failures');
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|203\.0/);
  });

  it('of codes, of the password asked for once more, and of a removal, it is the same lock', async () => {
    const person = await addPerson(door.tims, 'agent', []);
    await secure(door, person.token);
    const code = '000000';
    const tries = [
      ...Array.from({ length: 4 }, () => () => door.enter(person, { code })),
      ...Array.from(
        { length: 3 },
        () => () => door.call('POST', '/api/me/second-factor', { as: person, body: { password: wrong } }),
      ),
      ...Array.from(
        { length: 3 },
        () => () =>
          door.call('DELETE', '/api/me/second-factor', { as: person, body: { password: testPassword, code } }),
      ),
    ];
    // A log-in with the right password and no code in between forgets nothing.
    for (const attempt of tries) {
      expect((await door.enter(person)).body.code).toBe('second_factor_required');
      expect((await attempt()).status).toBe(401);
    }
    expect((await door.enter(person)).body.code).toBe('login_locked');
    const guess = await door.call('DELETE', '/api/me/second-factor', {
      as: person,
      body: { password: testPassword, code },
    });
    expect(guess.body.code).toBe('login_locked');
  });

  it('of the password that a new one is set with, and of the one that an invitation asks for, it is the same lock', async () => {
    const { agent, call, stranger } = door;
    const body = { password: 'another horse battery', currentPassword: wrong };
    for (let i = 0; i < 5; i++) {
      expect((await call('PATCH', '/api/me', { as: agent, body })).body.code).toBe('current_password_wrong');
    }
    // Whoever has an account is invited to another organization, and proves that it is theirs.
    const invited = await call('POST', '/api/invitations', {
      as: stranger,
      body: { email: agent.email, role: 'agent' },
    });
    const token = new URL(invited.body.link).searchParams.get('token');
    const accept = (password: string) => call('POST', '/api/invitations/accept', { body: { token, password } });
    for (let i = 0; i < 5; i++) expect((await accept(wrong)).body.code).toBe('login_failed');
    expect((await accept(testPassword)).body.code).toBe('login_locked');
    expect((await call('PATCH', '/api/me', { as: agent, body })).body.code).toBe('login_locked');
    expect((await door.enter(agent)).body.code).toBe('login_locked');
    door.pass(minute);
    expect((await accept(testPassword)).status).toBe(201);
  });
});
