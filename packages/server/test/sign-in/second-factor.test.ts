import { readEvents, updateSettings } from '@tims/core';
import { forEachDatabase, testPassword } from '@tims/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, type Person, tokenFor } from '../stage/index.js';
import { appCode } from './app-code.js';
import { type Door, openDoor, secure, told } from './door.js';

const half = 30_000;

it('the codes of the tests are those of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // "12345678901234567890", appendix B
  expect([59, 1_111_111_109, 20_000_000_000].map((at) => appCode(secret, at * 1000))).toEqual([
    '287082',
    '081804',
    '353130',
  ]);
});

forEachDatabase('a second factor', (openDatabase) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(await openDatabase());
  });
  afterAll(() => door.close());

  const newPerson = async (role = 'agent') => addPerson(door.tims, role, [door.tims.teamId]);
  /** The next code that the app shows: the last one was used. */
  const nextCode = (secret: string) => {
    door.pass(half);
    return appCode(secret, door.now());
  };

  it('is set up with the password and a code, and is asked for from then on', async () => {
    const person = await newPerson();
    const as = (await door.enter(person)).body.accessToken;
    const begun = await door.call('POST', '/api/me/second-factor', { as, body: { password: testPassword } });
    expect(begun).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/) } });
    const { secret, uri } = begun.body;
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(decodeURIComponent(uri)).toContain(`otpauth://totp/TIMS:${person.email}`);
    // Not before it is confirmed.
    expect((await door.enter(person)).status).toBe(200);
    const [row] = await door.tims.installation.storage
      .reader('second_factors')
      .where('account_id', person.actor.accountId);
    expect(JSON.stringify(row)).not.toContain(secret);

    const confirm = (code: string) => door.call('POST', '/api/me/second-factor/confirm', { as, body: { code } });
    expect(await confirm('000000')).toMatchObject({ status: 401, body: { code: 'login_failed' } });
    const code = appCode(secret, door.now());
    const confirmed = await confirm(code);
    expect(confirmed.status).toBe(200);
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect(await confirm(code)).toMatchObject({ status: 409, body: { code: 'second_factor_state' } });

    expect(await door.enter(person)).toMatchObject({ status: 401, body: { code: 'second_factor_required' } });
    expect((await door.enter(person, { code: nextCode(secret) })).status).toBe(200);
    expect((await door.call('GET', '/api/me/second-factor', { as })).body).toEqual({
      enabled: true,
      required: false,
      recoveryCodesLeft: 10,
    });
  });

  it('is not begun without the password, nor again while there is one', async () => {
    const person = await newPerson();
    const as = person.token;
    const wrong = await door.call('POST', '/api/me/second-factor', { as, body: { password: 'wrong horse battery' } });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'login_failed' } });
    await secure(door, as);
    const again = await door.call('POST', '/api/me/second-factor', { as, body: { password: testPassword } });
    expect(again).toMatchObject({ status: 409, body: { code: 'second_factor_state' } });
  });

  it('takes a code once: not the one of the confirmation, none twice, none of before, of ten at once one', async () => {
    const person = await newPerson();
    const { secret } = await secure(door, person.token);
    const enter = async (code: string) => (await door.enter(person, { code })).status;
    expect(await enter(appCode(secret, door.now()))).toBe(401);
    const code = nextCode(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => enter(code)));
    expect(answers.sort()).toEqual([200, 401, 401, 401]);
    expect(await enter(code)).toBe(401);
    expect(await enter(appCode(secret, door.now() - half))).toBe(401);
    // A clock that is half a minute off is taken, one that is further is not.
    expect(await enter(appCode(secret, door.now() + 3 * half))).toBe(401);
    expect(await enter(appCode(secret, door.now() + half))).toBe(200);
  });

  it('takes each recovery code once, written as people write', async () => {
    const person = await newPerson();
    const { recoveryCodes } = await secure(door, person.token);
    const [first = '', second = ''] = recoveryCodes;
    expect((await door.enter(person, { code: first })).status).toBe(200);
    expect((await door.enter(person, { code: first })).status).toBe(401);
    const spaced = ` ${second.toUpperCase().replace('-', ' ')} `;
    const answers = await Promise.all([1, 2, 3].map(() => door.enter(person, { code: spaced })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const { body } = await door.call('GET', '/api/me/second-factor', { as: person.token });
    expect(body.recoveryCodesLeft).toBe(8);
    const rows = await door.tims.installation.storage
      .reader('recovery_codes')
      .where('account_id', person.actor.accountId);
    expect(JSON.stringify(rows)).not.toContain(recoveryCodes[5]?.replace('-', ''));
    const another = await newPerson();
    await secure(door, another.token);
    expect((await door.enter(another, { code: recoveryCodes[5] })).status).toBe(401);
  });

  it('refuses a wrong password, a wrong code, both, and somebody unknown with one and the same answer', async () => {
    const person = await newPerson();
    await secure(door, person.token);
    const [password, email] = ['wrong horse battery', person.email];
    const refused = [
      await door.login({ email, password: testPassword, code: '000000' }),
      await door.login({ email, password, code: '000000' }),
      await door.login({ email, password }),
      await door.login({ email: 'nobody@example.com', password, code: '000000' }),
      await door.login({ email: 'nobody@example.com', password: testPassword }),
      await door.login({ email: door.agent.email, password, code: '000000' }),
    ].map(told);
    expect(refused[0]).toMatchObject({ status: 401, body: { code: 'login_failed' } });
    for (const answer of refused) expect(answer).toEqual(refused[0]);
    // An account without one takes no notice of a code.
    expect((await door.enter(door.agent, { code: '000000' })).status).toBe(200);
  });

  it('is taken away with the password and a code, and only so', async () => {
    const person = await newPerson();
    const { secret, recoveryCodes } = await secure(door, person.token);
    const remove = (password: string, code: string) =>
      door.call('DELETE', '/api/me/second-factor', { as: person.token, body: { password, code } });
    expect((await remove(testPassword, '000000')).status).toBe(401);
    expect((await remove('wrong horse battery', nextCode(secret))).status).toBe(401);
    expect((await door.enter(person)).body.code).toBe('second_factor_required');
    expect((await remove(testPassword, recoveryCodes[0] ?? '')).status).toBe(204);
    expect((await door.enter(person)).status).toBe(200);
    expect((await remove(testPassword, nextCode(secret))).body.code).toBe('second_factor_state');
    expect((await door.enter(person, { code: recoveryCodes[1] })).status).toBe(200);
  });

  describe('and its recovery codes', () => {
    const renew = (as: string, code: string, password = testPassword) =>
      door.call('POST', '/api/me/second-factor/recovery-codes', { as, body: { password, code } });
    const left = async (as: string) => (await door.call('GET', '/api/me/second-factor', { as })).body.recoveryCodesLeft;

    it('are made anew with the password and a code; those of before end at once', async () => {
      const person = await newPerson();
      const { secret, recoveryCodes: old } = await secure(door, person.token);
      const code = nextCode(secret);
      const renewed = await renew(person.token, code);
      expect(renewed.status).toBe(201);
      const fresh: string[] = renewed.body.recoveryCodes;
      expect(new Set([...fresh, ...old]).size).toBe(20);
      for (const one of old.slice(0, 5)) expect((await door.enter(person, { code: one })).status).toBe(401);
      expect((await door.enter(person, { code: fresh[0] })).status).toBe(200);
      expect(await left(person.token)).toBe(9);
      // The app's code was used up, and a recovery code does as well.
      expect((await renew(person.token, code)).status).toBe(401);
      expect((await renew(person.token, fresh[1] ?? '')).status).toBe(201);
      expect(await left(person.token)).toBe(10);
      expect((await door.enter(person, { code: fresh[2] })).status).toBe(401);
      expect((await door.enter(person, { code: nextCode(secret) })).status).toBe(200);
    });

    it('are not without both, nor where there is no second factor, and what is refused ends none', async () => {
      const person = await newPerson();
      expect((await renew(person.token, '000000')).body.code).toBe('second_factor_state');
      const { secret, recoveryCodes } = await secure(door, person.token);
      const wrong = [
        await renew(person.token, '000000'),
        await renew(person.token, nextCode(secret), 'wrong horse battery'),
        await renew(person.token, recoveryCodes[0] ?? '', 'wrong horse battery'),
      ];
      for (const { status, body } of wrong) expect([status, body.code]).toEqual([401, 'login_failed']);
      const half = await door.call('POST', '/api/me/second-factor/recovery-codes', {
        as: person.token,
        body: { code: nextCode(secret) },
      });
      expect(half.status).toBe(400);
      expect(await left(person.token)).toBe(10);
      expect((await door.enter(person, { code: recoveryCodes[0] })).status).toBe(200);
    });

    it('are those of one of several who make them at once', async () => {
      const person = await newPerson();
      const { secret, recoveryCodes } = await secure(door, person.token);
      const answers = await Promise.all(recoveryCodes.slice(0, 4).map((code) => renew(person.token, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
      expect(await left(person.token)).toBe(10);
      // The app's code is no recovery code: it holds before and after, and still there are ten.
      const made = answers.find(({ status }) => status === 201)?.body.recoveryCodes;
      await Promise.all([nextCode(secret), made[0]].map((code) => renew(person.token, code)));
      expect(await left(person.token)).toBe(10);
    });

    it('are told of to nobody, and who made them stands in the activities', async () => {
      const person = await newPerson();
      const { secret } = await secure(door, person.token);
      const code = nextCode(secret);
      const { recoveryCodes } = (await renew(person.token, code)).body;
      const path = `/api/activities?action=me.renewRecoveryCodes&userId=${person.actor.id}`;
      const { data } = (await door.call('GET', path, { as: door.admin })).body;
      expect(data).toMatchObject([{ action: 'me.renewRecoveryCodes', entityId: person.actor.id }]);
      const { installation, organization } = door.tims;
      const events = await readEvents(installation.storage.reader, organization, 0, 100_000);
      const told = events.filter((event) => event.changes?.recoveryCodes !== undefined);
      expect(told.at(-1)).toMatchObject({ entityId: person.actor.id, only: [person.actor.id] });
      const rows = await installation.storage.reader('recovery_codes').where('account_id', person.actor.accountId);
      expect(rows).toHaveLength(10);
      const kept = JSON.stringify([data, told, rows]);
      for (const one of [code, ...recoveryCodes]) expect(kept).not.toContain(one);
    });
  });

  it('is reset by somebody who may change users, of no higher rank', async () => {
    const { installation, organization } = door.tims;
    await installation.storage.writer('roles').insert({
      organization_id: organization,
      key: 'chief',
      name: 'Chief',
      rank: 60,
      grants: JSON.stringify({ 'users:write': 'all' }),
      version: 1,
      created_at: 0,
    });
    installation.rules.refresh();
    const person = await newPerson();
    await secure(door, person.token);
    const path = `/api/users/${person.actor.id}/second-factor`;
    expect((await door.call('DELETE', path, { as: door.agent })).status).toBe(403);
    expect((await door.call('DELETE', path, { as: door.stranger })).status).toBe(404);
    expect((await door.call('DELETE', path, { as: door.admin })).status).toBe(204);
    expect((await door.enter(person)).status).toBe(200);
    await installation.storage.writer('users').where('id', person.actor.id).update({ role: 'chief' });
    expect((await door.call('DELETE', path, { as: door.admin })).body.code).toBe('rank_too_high');
  });

  describe('that the organization demands', () => {
    const demand = (secondFactor: 'nobody' | 'administrators' | 'everybody') =>
      updateSettings(door.tims.installation, door.tims.admin, { secondFactor });
    afterEach(() => demand('nobody'));
    const status = async (person: Person, path: string) => {
      const { status, body } = await door.call('GET', path, { as: person });
      return `${status} ${body.code ?? ''}`.trim();
    };
    const shut = '403 second_factor_setup_required';

    it('of administrators lets them in to set one up, and to nothing else', async () => {
      const admin = await newPerson('admin');
      await demand('administrators');
      expect((await door.enter(admin)).status).toBe(200);
      const open = ['/api/me', '/api/me/sessions', '/api/me/second-factor'];
      for (const path of open) expect(await status(admin, path), path).toBe('200');
      const closed = ['/api/users', '/api/conversations', '/api/directory', '/api/keys', '/api/events'];
      for (const path of closed) expect(await status(admin, path), path).toBe(shut);
      const ticket = await door.call('POST', '/api/realtime/tickets', { as: admin });
      expect(ticket.body.code).toBe('second_factor_setup_required');
      expect(await status(door.agent, '/api/directory')).toBe('200');
      await secure(door, await tokenFor(door.tims.installation, admin.actor));
      expect(await status(admin, '/api/users')).toBe('200');
    });

    it('of everybody is about agents and about API keys, too', async () => {
      const maker = await newPerson('admin');
      const expiresAt = new Date(door.now() + 86_400_000).toISOString();
      const { body } = await door.call('POST', '/api/keys', {
        as: maker,
        body: { name: 'k', permissions: ['directory:read'], expiresAt },
      });
      await demand('everybody');
      expect(await status(door.agent, '/api/directory')).toBe(shut);
      const byKey = await door.call('GET', '/api/directory', { as: body.key });
      expect(byKey.body.code).toBe('second_factor_setup_required');
    });
  });
});
