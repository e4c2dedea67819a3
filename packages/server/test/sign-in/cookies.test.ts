import { build } from '@tims/server';
import { openSqlite, testPassword } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open } from '../realtime/reader.js';
import type { Answer, Stage } from '../stage/index.js';
import { type Door, openDoor } from './door.js';

let door: Door;
let url: string;
const origin = 'https://inbox.example.com';
const home = { host: 'inbox.example.com', origin };

beforeAll(async () => {
  door = await openDoor(await openSqlite());
  url = await door.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => door.close());

interface Browser {
  csrfToken: string;
  cookie: string;
}

async function signIn(headers: Record<string, string> = home): Promise<Browser & { answer: Answer; set: string[] }> {
  const response = await door.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    headers,
    payload: { email: door.agent.email, password: testPassword, mode: 'cookie' },
  });
  const set = [response.headers['set-cookie'] ?? []].flat();
  const body = response.json();
  const answer = { status: response.statusCode, body, headers: {}, text: response.payload };
  return { csrfToken: body.csrfToken, cookie: set.map((one) => one.split(';')[0]).join('; '), answer, set };
}

const call = (method: Parameters<Stage['call']>[0], path: string, headers: Record<string, string>, body?: object) =>
  door.call(method, path, { headers: { host: home.host, ...headers }, body });

describe('a log-in with cookies', () => {
  it('answers with no token, and sets cookies that no script reads and no other site sends', async () => {
    const { answer, set, cookie } = await signIn();
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['csrfToken', 'user']);
    expect(set).toHaveLength(2);
    for (const one of set) expect(one).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
    expect(set.map((one) => /Path=([^;]+)/.exec(one)?.[1])).toEqual(['/api', '/api/auth']);
    expect((await call('GET', '/api/me', { cookie })).body.id).toBe(door.agent.actor.id);
  });

  it('sets them without Secure on this machine alone', async () => {
    const secure = async (host: string) =>
      (await signIn({ host, origin: `http://${host}` })).set[0]?.includes('; Secure');
    expect([await secure('127.0.0.1:4000'), await secure('localhost:4000'), await secure('127.evil.example')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is refused to pages of other origins, and to what names none', async () => {
    for (const headers of [
      { host: home.host, origin: 'https://evil.example' },
      { host: home.host },
      { ...home, origin: 'null' },
    ]) {
      const { answer, set } = await signIn(headers as Record<string, string>);
      expect([answer.status, answer.body.code, set]).toEqual([403, 'origin_refused', []]);
    }
  });
});

describe('what comes with nothing but cookies', () => {
  it('may change something only from an allowed origin with the session’s own CSRF token', async () => {
    const { cookie, csrfToken } = await signIn();
    const another = await signIn();
    const change = (headers: Record<string, string>) =>
      call('DELETE', '/api/me/sessions/ses_01hzy3v9k2e7q8m4n5p6r7s8t9', { cookie, ...headers });
    const matrix: [Record<string, string>, string][] = [
      [{ origin, 'x-csrf-token': csrfToken }, '404 not_found'],
      [{ origin: `http://${home.host}`, 'x-csrf-token': csrfToken }, '404 not_found'],
      [{ origin }, '403 csrf_failed'],
      [{ origin, 'x-csrf-token': '' }, '403 csrf_failed'],
      [{ origin, 'x-csrf-token': `${csrfToken.slice(0, -1)}_` }, '403 csrf_failed'],
      [{ origin, 'x-csrf-token': another.csrfToken }, '403 csrf_failed'],
      [{ 'x-csrf-token': csrfToken }, '403 origin_refused'],
      [{ origin: 'https://evil.example', 'x-csrf-token': csrfToken }, '403 origin_refused'],
      [{ origin: 'null', 'x-csrf-token': csrfToken }, '403 origin_refused'],
      [{ origin, 'x-csrf-token': csrfToken, cookie: 'tims_access=x' }, '401 unauthorized'],
      // A header that names a token is what counts, and no browser adds one by itself.
      [{ authorization: 'Bearer x', origin, 'x-csrf-token': csrfToken }, '401 unauthorized'],
      [{ authorization: `Bearer ${door.agent.token}` }, '404 not_found'],
    ];
    for (const [headers, expected] of matrix) {
      const { status, body } = await change(headers);
      expect(`${status} ${body.code}`, JSON.stringify(headers)).toBe(expected);
    }
    expect((await call('GET', '/api/me', { cookie })).status).toBe(200);
  });

  it('opens no API key that somebody put into a cookie', async () => {
    const { cookie } = await signIn();
    const { body } = await door.call('POST', '/api/keys', {
      as: door.admin,
      body: { name: 'k', permissions: ['users:read'], expiresAt: new Date(door.now() + 60_000).toISOString() },
    });
    expect((await call('GET', '/api/users', { cookie: `tims_access=${body.key}` })).status).toBe(401);
    expect((await call('GET', '/api/me', { cookie })).status).toBe(200);
  });

  it('gets a ticket for a socket', async () => {
    const { cookie, csrfToken } = await signIn();
    const refused = await call('POST', '/api/realtime/tickets', { cookie, origin });
    expect(refused.body.code).toBe('csrf_failed');
    const { body } = await call('POST', '/api/realtime/tickets', { cookie, origin, 'x-csrf-token': csrfToken });
    const socket = await open({ url, ticket: body.ticket });
    expect((await socket.subscribe()).type).toBe('ready');
    socket.close();
  });
});

describe('pages of another origin that is named', () => {
  it('may send cookies along; those of others may not', async () => {
    const app = await build({
      installation: door.tims.installation,
      ingest: door.tims.ingest,
      allowedOrigins: ['https://desk.example.com'],
    });
    const told = async (from: string) => {
      const { headers } = await app.inject({ url: '/api/me', headers: { origin: from } });
      return headers['access-control-allow-credentials'];
    };
    expect([await told('https://desk.example.com'), await told('https://evil.example')]).toEqual(['true', undefined]);
    await app.close();
  });
});

describe('a session in cookies', () => {
  const renew = (headers: Record<string, string>, body: object = {}) =>
    call('POST', '/api/auth/refresh', headers, body);

  it('is renewed by its cookie, with the CSRF token that a page loaded anew asks for', async () => {
    const { cookie, csrfToken } = await signIn();
    const asked = await call('GET', '/api/auth/csrf', { cookie });
    expect(asked.body).toEqual({ csrfToken });
    expect((await renew({ cookie, origin })).body.code).toBe('csrf_failed');
    expect((await renew({ cookie, 'x-csrf-token': csrfToken })).body.code).toBe('origin_refused');
    const renewed = await renew({ cookie, origin, 'x-csrf-token': csrfToken });
    expect([renewed.status, Object.keys(renewed.body).sort(), renewed.body.csrfToken]).toEqual([
      200,
      ['csrfToken', 'user'],
      csrfToken,
    ]);
    expect(renewed.headers['set-cookie']).toContain('tims_refresh=');
    expect(await renew({ cookie, origin, 'x-csrf-token': csrfToken })).toMatchObject({ status: 401 });
    expect((await call('GET', '/api/me', { cookie })).status).toBe(401);
  });

  it('is never turned into tokens that a script can read', async () => {
    const { cookie } = await signIn();
    const refreshToken = /tims_refresh=([^;]+)/.exec(cookie)?.[1];
    expect(await renew({}, { refreshToken })).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    const { body: tokens } = await door.enter(door.agent);
    const asCookie = { cookie: `tims_refresh=${tokens.refreshToken}`, origin, 'x-csrf-token': 'x' };
    expect(await renew(asCookie)).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    expect((await call('GET', '/api/auth/csrf', asCookie)).status).toBe(401);
  });

  it('ends with a logout, which another site cannot bring about', async () => {
    const { cookie, csrfToken } = await signIn();
    const leave = (headers: Record<string, string>) => call('POST', '/api/auth/logout', { cookie, ...headers }, {});
    expect((await leave({ origin: 'https://evil.example', 'x-csrf-token': csrfToken })).status).toBe(403);
    expect((await leave({ origin })).body.code).toBe('csrf_failed');
    expect((await call('GET', '/api/me', { cookie })).status).toBe(200);
    const left = await leave({ origin, 'x-csrf-token': csrfToken });
    expect([left.status, left.headers['set-cookie']]).toEqual([204, expect.stringMatching(/tims_access=;.*1970/)]);
    expect((await call('GET', '/api/me', { cookie })).status).toBe(401);
    // Again: as dead as asked for.
    expect((await leave({})).status).toBe(204);
  });
});
