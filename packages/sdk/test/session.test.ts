import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTims, type TimsApiError, type Tokens } from '../src/index.js';
import { problem, type ScriptedServer, startScriptedServer } from './scripted-server.js';

/** As the server does it: a refresh token is worth one pair, and only the newest access token is taken. */
function keepSessions(server: ScriptedServer) {
  const state = { generation: 1, refreshes: 0, ended: false };
  server.otherwise = ({ url, headers, body }) => {
    const pair = () => ({ accessToken: `access-${state.generation}`, refreshToken: `refresh-${state.generation}` });
    if (url === '/api/auth/login') return { body: { ...pair(), user: { id: 'usr_1' } } };
    if (url === '/api/auth/logout') return { status: 204 };
    if (url === '/api/auth/refresh') {
      state.refreshes++;
      const { refreshToken } = body as { refreshToken: string }; // the SDK sends it
      if (state.ended || refreshToken !== `refresh-${state.generation}`) return problem(401, 'refresh_failed');
      state.generation++;
      return { body: { ...pair(), user: { id: 'usr_1' } } };
    }
    return headers.authorization === `Bearer access-${state.generation}` && !state.ended
      ? { body: { id: 'usr_1' } }
      : problem(401, 'unauthorized');
  };
  return state;
}

let server: ScriptedServer;
let sessions: ReturnType<typeof keepSessions>;
let kept: (Tokens | undefined)[];
let signedOut: TimsApiError[];
const client = (tokens: Partial<Tokens>) =>
  createTims({
    url: server.url,
    ...tokens,
    retries: { baseMs: 5 },
    onTokens: (next) => void kept.push(next),
    onSignedOut: (error) => void signedOut.push(error),
  });
const stale = { accessToken: 'access-0', refreshToken: 'refresh-1' };

beforeEach(async () => {
  server = await startScriptedServer();
  sessions = keepSessions(server);
  kept = [];
  signedOut = [];
});
afterEach(() => server.close());

it('a login gives the user, keeps the tokens and authorizes what follows', async () => {
  const tims = client({});
  expect(tims.signedIn).toBe(false);
  await expect(tims.login({ email: 'a@example.com', password: 'x' })).resolves.toEqual({ id: 'usr_1' });
  expect(kept).toEqual([{ accessToken: 'access-1', refreshToken: 'refresh-1' }]);
  await expect(tims.me.get()).resolves.toEqual({ id: 'usr_1' });
  expect(tims.signedIn).toBe(true);
});

it('an account with a second factor says so, and is let in with the code', async () => {
  server.next(problem(401, 'second_factor_required'));
  const tims = client({});
  const credentials = { email: 'a@example.com', password: 'x' };
  await expect(tims.login(credentials)).rejects.toMatchObject({ code: 'second_factor_required' });
  expect({ kept, signedIn: tims.signedIn }).toEqual({ kept: [], signedIn: false });
  await expect(tims.login({ ...credentials, code: '123456' })).resolves.toEqual({ id: 'usr_1' });
  expect(server.received.at(-1)).toMatchObject({ body: { code: '123456', mode: 'token' } });
});

it('a password that is wrong when it is asked for once more is sent once, and ends nothing', async () => {
  const tims = client({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  server.next(problem(401, 'login_failed'));
  await expect(tims.me.enableSecondFactor({ password: 'x' })).rejects.toMatchObject({ code: 'login_failed' });
  expect({ asked: server.received.length, refreshes: sessions.refreshes, signedOut }).toEqual({
    asked: 1,
    refreshes: 0,
    signedOut: [],
  });
});

it('an API key goes where an access token goes', async () => {
  const tims = client({ accessToken: 'access-1' });
  await expect(tims.me.get()).resolves.toEqual({ id: 'usr_1' });
  expect(sessions.refreshes).toBe(0);
});

it('a logout ends the session at the server and asks nobody to log in', async () => {
  const tims = client({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  await tims.logout();
  expect(server.received.at(-1)).toMatchObject({ url: '/api/auth/logout', body: { refreshToken: 'refresh-1' } });
  expect({ kept, signedOut, signedIn: tims.signedIn }).toEqual({ kept: [undefined], signedOut: [], signedIn: false });
});

describe('an access token that ran out', () => {
  it('is renewed once for all calls that are under way', async () => {
    const tims = client(stale);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tims.me.get()));
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ id: 'usr_1' })));
    expect(sessions.refreshes).toBe(1);
    expect(kept).toEqual([{ accessToken: 'access-2', refreshToken: 'refresh-2' }]);
  });

  it('is renewed again when it runs out again', async () => {
    const tims = client(stale);
    await tims.me.get();
    sessions.generation++;
    server.next(problem(401, 'unauthorized'), {
      body: { accessToken: `access-${sessions.generation}`, refreshToken: 'r' },
    });
    await expect(tims.me.get()).resolves.toEqual({ id: 'usr_1' });
    expect(kept).toHaveLength(2);
  });

  it('signs out once when it cannot be renewed', async () => {
    sessions.ended = true;
    const tims = client(stale);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => tims.me.get()));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(signedOut.map(({ code }) => code)).toEqual(['refresh_failed']);
    expect({ kept, refreshes: sessions.refreshes }).toEqual({ kept: [undefined], refreshes: 1 });
    await expect(tims.me.get()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(signedOut).toHaveLength(1);
  });

  it('stays when the server cannot be reached, and is renewed as soon as it can', async () => {
    server.next(problem(401, 'unauthorized'), 'cut');
    const tims = client(stale);
    await expect(tims.me.get()).resolves.toEqual({ id: 'usr_1' });
    expect(signedOut).toEqual([]);
    expect(kept).toEqual([{ accessToken: 'access-2', refreshToken: 'refresh-2' }]);
  });

  it('signs out at once where there is no refresh token', async () => {
    await expect(client({ accessToken: 'old' }).me.get()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(signedOut.map(({ code }) => code)).toEqual(['unauthorized']);
  });
});

it('a call that is refused twice is not tried for ever', async () => {
  server.otherwise = ({ url }) =>
    url === '/api/auth/refresh'
      ? { body: { accessToken: crypto.randomUUID(), refreshToken: 'r' } }
      : problem(401, 'unauthorized');
  await expect(client(stale).me.get()).rejects.toMatchObject({ code: 'unauthorized' });
  expect(server.received.map(({ url }) => url)).toEqual(['/api/me', '/api/auth/refresh', '/api/me']);
});

it('programs that share tokens use each refresh token once', async () => {
  let shared: Tokens | undefined = stale;
  let last: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: (tokens: Tokens | undefined) => Promise<T>): Promise<T> => {
    const mine = last.then(() => work(shared));
    last = mine.catch(() => undefined);
    return mine;
  };
  const programs = [1, 2, 3].map(() =>
    createTims({
      url: server.url,
      ...stale,
      exclusively,
      onTokens: (next) => {
        shared = next;
      },
    }),
  );
  await Promise.all(programs.map((tims) => tims.me.get()));
  expect(sessions.refreshes).toBe(1);
  expect(shared).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' });
});
