import { createHash, createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { openSqlite, testPassword } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  addPerson,
  deactivate,
  encode,
  openStage,
  type Person,
  type Stage,
  tokenFor,
} from './stage/index.js';

let stage: Stage;
let agent: Person;

beforeAll(async () => {
  stage = await openStage(await openSqlite());
  agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
});
afterAll(() => stage.close());

const login = (body: object) => stage.call('POST', '/api/auth/login', { body });
const refresh = (refreshToken: string) => stage.call('POST', '/api/auth/refresh', { body: { refreshToken } });
const logout = (refreshToken: string) => stage.call('POST', '/api/auth/logout', { body: { refreshToken } });
const me = (token: string) => stage.call('GET', '/api/me', { as: token });

async function session(person: Person = agent): Promise<{ accessToken: string; refreshToken: string }> {
  return (await login({ email: person.email, password: testPassword })).body;
}

describe('logging in', () => {
  it('answers with a pair of tokens and the user', async () => {
    const { status, body } = await login({ email: agent.email.toUpperCase(), password: testPassword });
    expect(status).toBe(200);
    expect(body.user).toMatchObject({
      id: agent.actor.id,
      role: 'agent',
      teams: [{ id: stage.tims.teamId, lead: false }],
    });
    expect((await me(body.accessToken)).body).toEqual({
      ...body.user,
      organization: { id: stage.tims.organization, name: expect.any(String), contactKinds: ['customer', 'tutor'] },
      permissions: expect.objectContaining({ 'conversations:read': 'assigned', 'conversations:take': 'team' }),
    });
    expect(JSON.stringify(body)).not.toMatch(/password|\$2b\$/);
  });

  it('refuses a wrong password, an unknown e-mail, a deactivated user and another organization alike', async () => {
    const gone = await addPerson(stage.tims, 'agent', []);
    await deactivate(stage.tims, gone);
    const { email } = agent;
    const refused = [
      await login({ email, password: 'wrong horse battery' }),
      await login({ email: 'nobody@example.com', password: testPassword }),
      await login({ email: gone.email, password: testPassword }),
      await login({ email, password: testPassword, organizationId: stage.other.organization }),
      await login({ email: "' or 1=1 --", password: testPassword }),
      await login({ email: `${email}\0`, password: testPassword }),
      await login({ email, password: `${testPassword}\0` }),
    ];
    const [first] = refused.map(withoutRequestId);
    expect(first).toMatchObject({ status: 401, body: { code: 'login_failed' } });
    for (const answer of refused) expect(withoutRequestId(answer)).toEqual(first);
  });

  it('reads every character of a long password', async () => {
    const password = `${'a very long sentence '.repeat(5)}end`;
    const made = await stage.call('POST', '/api/users', {
      as: stage.admin,
      body: { email: 'long@example.com', name: 'Long', password, role: 'agent' },
    });
    expect(made.status).toBe(201);
    expect((await login({ email: 'long@example.com', password })).status).toBe(200);
    expect((await login({ email: 'long@example.com', password: `${password.slice(0, -1)}D` })).status).toBe(401);
  });
});

describe('refreshing', () => {
  it('trades a token once; used again it ends the whole family', async () => {
    const { refreshToken: first } = await session();
    const second = (await refresh(first)).body;
    expect((await me(second.accessToken)).status).toBe(200);
    const third = (await refresh(second.refreshToken)).body.refreshToken;
    expect(await refresh(first)).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    expect((await refresh(third)).status).toBe(401);
  });

  it('leaves no token that works when one is used twice at the same time', async () => {
    const { refreshToken } = await session();
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const issued = answers.find(({ status }) => status === 200)?.body.refreshToken;
    expect((await refresh(issued)).status).toBe(401);
  });

  it('keeps families apart', async () => {
    const [one, another] = [await session(), await session()];
    await refresh(one.refreshToken);
    await refresh(one.refreshToken);
    expect((await refresh(another.refreshToken)).status).toBe(200);
  });

  it('refuses what is no refresh token', async () => {
    const { accessToken } = await session();
    for (const token of ['x', accessToken.slice(0, 200), 'A'.repeat(43)]) {
      expect(await refresh(token)).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    }
  });

  it('refuses one that is older than thirty days', async () => {
    const { refreshToken } = await session();
    const { writer } = stage.tims.installation.storage;
    await writer('refresh_tokens')
      .where('user_id', agent.actor.id)
      .update({ expires_at: Date.now() - 1 });
    expect((await refresh(refreshToken)).status).toBe(401);
  });
});

describe('logging out', () => {
  it('ends the family, says the same of a token that is unknown, and nothing of others', async () => {
    const [one, another] = [await session(), await session()];
    const next = (await refresh(one.refreshToken)).body;
    expect(await logout(next.refreshToken)).toMatchObject({ status: 204, text: '' });
    expect((await refresh(next.refreshToken)).status).toBe(401);
    expect(await logout('unknown')).toMatchObject({ status: 204, text: '' });
    expect((await refresh(another.refreshToken)).status).toBe(200);
  });
});

describe('a user who is deactivated', () => {
  it('is out at once, and old tokens do not come back with them', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    const { accessToken, refreshToken } = await session(person);
    const { body: ticket } = await stage.call('POST', '/api/realtime/tickets', { as: accessToken });
    const path = `/api/users/${person.actor.id}`;
    const off = await stage.call('PATCH', path, { as: stage.admin, body: { status: 'deactivated' } });
    expect(off).toMatchObject({ status: 200, body: { status: 'deactivated' } });
    expect((await me(accessToken)).status).toBe(401);
    expect((await stage.call('PATCH', path, { as: stage.admin, body: { status: 'active' } })).status).toBe(200);
    expect((await me(accessToken)).status).toBe(401);
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    const tickets = await stage.tims.installation.storage.reader('realtime_tickets').where('user_id', person.actor.id);
    expect([ticket.ticket.length > 20, tickets]).toEqual([true, []]);
    expect((await session(person)).accessToken).toBeDefined();
  });

  it('cannot refresh, and is not told why', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    const { refreshToken } = await session(person);
    const { writer } = stage.tims.installation.storage;
    // As if the deactivation came between the look-up of the token and its use.
    await writer('users').where('id', person.actor.id).update({ status: 'deactivated' });
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    await writer('users').where('id', person.actor.id).update({ status: 'active' });
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('is never the one who deactivates', async () => {
    const answer = await stage.call('PATCH', `/api/users/${stage.tims.admin.id}`, {
      as: stage.admin,
      body: { status: 'deactivated' },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await me(stage.admin.token)).status).toBe(200);
  });
});

describe('access tokens', () => {
  it('are refused when another key pair signed them, whatever they say of their algorithm', async () => {
    const { installation, admin } = stage.tims;
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [, claims = ''] = (await tokenFor(installation, admin)).split('.');
    const unsigned = `${encode({ alg: 'RS256' })}.${claims}`;
    const rs256 = `${unsigned}.${signWith('sha256', Buffer.from(unsigned), privateKey).toString('base64url')}`;
    const pem = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }));
    const tokens = [
      rs256,
      await tokenFor(installation, admin, { key: pem }),
      await tokenFor(installation, admin, { key: new Uint8Array(32) }),
      await tokenFor(installation, admin, { key: installation.secrets.key('passwords') }),
      ...['none', 'None', 'NONE', ''].flatMap((alg) => [
        `${encode({ alg })}.${claims}.`,
        `${encode({ alg })}.${claims}`,
      ]),
      `${encode({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } })}.${claims}.AAAA`,
    ];
    for (const token of tokens) expect((await me(token)).status, token).toBe(401);
  });

  it('say who and until when, and nothing else', async () => {
    const { accessToken } = await session();
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    expect(Object.keys(claims).sort()).toEqual(['exp', 'iat', 'iss', 'org', 'sid', 'sub', 'ver']);
    expect(claims.exp - claims.iat).toBe(900);
  });
});

describe('passwords of new users', () => {
  const create = (password: string, changes: object = {}) =>
    stage.call('POST', '/api/users', {
      as: stage.admin,
      body: { email: 'refused@example.com', name: 'N', password, role: 'agent', ...changes },
    });

  it.each([
    ['short', 'aB3$xyz'],
    ['long', 'ab'.repeat(65)],
    ['common', 'Password123!'],
    ['one character again and again', 'zzzzzzzzzzzz'],
    ['a run', 'abcdefghij'],
    ['digits only', '20102019'],
  ])('are refused when %s', async (_kind, password) => {
    const answer = await create(password);
    expect(answer).toMatchObject({ status: 422, body: { code: 'password_refused' } });
    expect(answer.text).not.toContain(password);
  });

  it('need no digit, sign or capital', async () => {
    expect((await create('correct horse battery', { email: 'plain@example.com' })).status).toBe(201);
  });

  it('count characters as people do', async () => {
    expect((await create('鍵'.repeat(7))).status).toBe(422);
    expect((await create('鍵鎖扉窓壁床柱梁', { email: 'kanji@example.com' })).status).toBe(201);
  });
});

describe('an e-mail', () => {
  it('is taken whatever its letters’ case, in whatever organization, and it is not said where', async () => {
    const body = { email: agent.email.toUpperCase(), name: 'N', password: testPassword, role: 'agent' };
    for (const as of [stage.admin, stage.stranger]) {
      const answer = await stage.call('POST', '/api/users', { as, body });
      expect(answer).toMatchObject({ status: 409, body: { code: 'email_taken' } });
      expect(answer.body.detail).toBeUndefined();
    }
  });
});

describe('an idempotency key of a new user', () => {
  it('keeps nothing that a password could be guessed from, and makes one user', async () => {
    const body = { email: 'once@example.com', name: 'Once', password: testPassword, role: 'agent' };
    const headers = { 'idempotency-key': 'once' };
    const answers = [];
    for (let i = 0; i < 2; i++)
      answers.push(await stage.call('POST', '/api/users', { as: stage.admin, body, headers }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    const changed = { ...body, password: `${testPassword} staple` };
    const reused = await stage.call('POST', '/api/users', { as: stage.admin, body: changed, headers });
    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    const { storage, secrets } = stage.tims.installation;
    const row = await storage.reader('idempotency_keys').where('key', 'once').first();
    const plain = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const keyed = createHmac('sha256', secrets.key('idempotency')).update(JSON.stringify(body)).digest('hex');
    expect(JSON.stringify(row)).not.toContain(testPassword);
    expect([row.digest === plain, row.digest === keyed]).toEqual([false, true]);
  });
});

function withoutRequestId({ status, body: { requestId: _each, ...body } }: Answer): object {
  return { status, body };
}
