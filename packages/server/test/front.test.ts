import whatsapp from '@tims/channel-whatsapp';
import { createIngest, openInstallation } from '@tims/core';
import { type AppOptions, build } from '@tims/server';
import { openSqlite, testAppSecret } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, callerOf, openStage, type Stage } from './stage/index.js';

let stage: Stage;
const opened: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  stage = await openStage(await openSqlite());
});
afterAll(async () => {
  for (const app of opened) await app.close();
  await stage.close();
});

/** Another server on the same installation. */
async function serverWith(options: Partial<AppOptions>) {
  const { installation, ingest } = stage.tims;
  const app = await build({ installation, ingest, ...options });
  opened.push(app);
  return callerOf(app);
}

/** Answers of every kind that a caller can get. */
async function everyKind(): Promise<Record<string, Answer>> {
  const { call, admin } = stage;
  const unknown = 'cnv_01hzy3v9k2e7q8m4n5p6r7s8t9';
  return {
    ok: await call('GET', '/api/conversations', { as: admin }),
    created: await call('POST', '/api/teams', { as: admin, body: { key: `k${Date.now() % 1e9}`, name: 'T' } }),
    invalid: await call('GET', '/api/conversations?limit=0', { as: admin }),
    anonymous: await call('GET', '/api/conversations'),
    missing: await call('GET', `/api/conversations/${unknown}`, { as: admin }),
    'no route': await call('GET', '/api/nothing'),
    'no method': await call('DELETE', '/api/teams', { as: admin }),
    'wrong type': await call('POST', '/api/auth/login', { body: 'x', headers: { 'content-type': 'text/plain' } }),
    'no login': await call('POST', '/api/auth/login', { body: { email: 'x', password: 'x' } }),
    public: await call('GET', '/openapi.json'),
  };
}

describe('every answer', () => {
  it('carries rate-limit headers, a request id of its own and headers that keep browsers from harm', async () => {
    const answers = Object.entries(await everyKind());
    for (const [kind, { headers }] of answers) {
      expect(headers, kind).toMatchObject({
        'ratelimit-limit': expect.stringMatching(/^\d+$/),
        'ratelimit-remaining': expect.stringMatching(/^\d+$/),
        'ratelimit-reset': expect.stringMatching(/^\d+$/),
        'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['x-powered-by'] ?? headers.server, kind).toBeUndefined();
    }
    expect(new Set(answers.map(([, { headers }]) => headers['x-request-id'])).size).toBe(answers.length);
  });

  it('takes no request id from outside', async () => {
    const { headers } = await stage.call('GET', '/healthz', {
      headers: { 'request-id': 'mine', 'x-request-id': 'mine' },
    });
    expect(headers['x-request-id']).not.toBe('mine');
  });
});

describe('the limit', () => {
  const limited = (rateLimits: AppOptions['rateLimits']) => serverWith({ ...(rateLimits ? { rateLimits } : {}) });

  it('stops an address that tries passwords, whatever token it claims to have', async () => {
    const call = await limited({ loginPerMinute: 3 });
    const attempt = (i: number) =>
      call('POST', '/api/auth/login', {
        body: { email: 'nobody@example.com', password: `guess ${i}` },
        headers: { authorization: `Bearer ${i}` },
      });
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await attempt(i));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
    const last = answers.at(-1);
    expect(last?.body).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(last?.headers['retry-after'])).toBeLessThanOrEqual(60);
    // Only logging in is stopped.
    expect((await call('GET', '/api/me', { as: stage.admin })).status).toBe(200);
  });

  it('counts a user, whatever address they come from, and another user apart', async () => {
    const call = await limited({ perMinute: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call('GET', '/api/me', { as: stage.admin })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await call('GET', '/api/me', { as: stage.stranger })).status).toBe(200);
  });

  it('counts those without a token that holds by address, also where there is no route', async () => {
    const call = await limited({ perMinute: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call('GET', '/api/me', { as: `made-up-${i}` })).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await call('GET', '/api/nothing')).status).toBe(429);
    expect((await call('GET', '/api/me', { as: stage.admin })).status).toBe(200);
  });

  it('lets providers and probes through', async () => {
    const call = await limited({ perMinute: 1 });
    for (let i = 0; i < 3; i++) {
      expect((await call('GET', '/healthz')).status).toBe(200);
      expect((await call('POST', '/api/webhook/whatsapp', { body: '{}' })).status).toBe(401);
    }
  });

  it('believes X-Forwarded-For only of a proxy that is named', async () => {
    const statuses = async (options: Partial<AppOptions>) => {
      const call = await serverWith({ ...options, rateLimits: { perMinute: 1 } });
      const from = (address: string) => call('GET', '/api/me', { headers: { 'x-forwarded-for': address } });
      return [(await from('203.0.113.1')).status, (await from('203.0.113.2')).status];
    };
    expect(await statuses({})).toEqual([401, 429]);
    expect(await statuses({ trustProxy: ['127.0.0.1'] })).toEqual([401, 401]);
    expect(await statuses({ trustProxy: ['10.0.0.1'] })).toEqual([401, 429]);
  });
});

describe('other origins', () => {
  const origin = 'https://desk.example.com';
  const preflight = {
    origin,
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'authorization',
  };

  it('get nothing unless they are named', async () => {
    for (const answer of [
      await stage.call('OPTIONS', '/api/users/x', { headers: preflight }),
      await stage.call('GET', '/api/me', { as: stage.admin, headers: { origin } }),
    ]) {
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('may do what the API has, when they are', async () => {
    const call = await serverWith({ allowedOrigins: [origin] });
    const asked = await call('OPTIONS', '/api/users/x', { headers: preflight });
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization',
    });
    expect(asked.headers['access-control-allow-methods']?.split(', ')).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PATCH']),
    );
    const answer = await call('GET', '/api/me', { as: stage.admin, headers: { origin } });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    expect(answer.headers['access-control-expose-headers']).toContain('ratelimit-remaining');
    const stranger = await call('GET', '/api/me', { as: stage.admin, headers: { origin: 'https://evil.example' } });
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('/metrics', () => {
  it('is for this machine: nobody who comes by a proxy', async () => {
    const { call } = stage;
    expect((await call('GET', '/metrics')).text).toContain('tims_http_request_seconds_bucket');
    for (const headers of [{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=203.0.113.1' }]) {
      expect(await call('GET', '/metrics', { headers })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    const behind = await serverWith({ trustProxy: ['127.0.0.1'] });
    expect((await behind('GET', '/metrics', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(403);
  });

  it('asks for the token where there is one', async () => {
    const call = await serverWith({ metricsToken: 'a token for metrics' });
    expect((await call('GET', '/metrics')).status).toBe(403);
    expect((await call('GET', '/metrics', { as: 'another token' })).status).toBe(403);
    const headers = { 'x-forwarded-for': '203.0.113.1' };
    expect((await call('GET', '/metrics', { as: 'a%20token', headers })).status).toBe(403);
    expect(
      (await call('GET', '/metrics', { headers: { ...headers, authorization: 'Bearer a token for metrics' } })).status,
    ).toBe(200);
  });

  it('names routes by their pattern, never an id or what somebody asked for', async () => {
    const { call, admin } = stage;
    await call('GET', '/api/conversations/cnv_01hzy3v9k2e7q8m4n5p6r7s8t9', { as: admin });
    await call('GET', '/api/webhook/made-up-kind');
    await call('POST', '/api/webhook/made-up-kind', { body: '{}' });
    await call('GET', '/made-up-path');
    const { text } = await call('GET', '/metrics');
    expect(text).toContain('route="/api/conversations/:id"');
    expect(text).not.toMatch(/01hzy3v9k2e7q8m4n5p6r7s8t9|made-up/);
  });
});

describe('health', () => {
  it('says that it lives and can take requests', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await stage.call('GET', path)).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
  });
});

describe('an error that nobody foresaw', () => {
  it('tells its request id and nothing of itself', async () => {
    const verify = () => {
      throw new Error(`select * from accounts where email = 'admin@example.com'`);
    };
    const installation = await openInstallation({
      storage: stage.tims.installation.storage,
      secretKey: 'x'.repeat(32),
      channelPlugins: [{ ...whatsapp, verify }],
      pluginSettings: { whatsapp: { appSecret: testAppSecret } },
    });
    const app = await build({ installation, ingest: createIngest(installation) });
    opened.push(app);
    const answer = await callerOf(app)('POST', '/api/webhook/whatsapp', { body: '{}' });
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'internal_error', requestId: answer.headers['x-request-id'] },
    });
    expect(answer.text).not.toMatch(/select|accounts|at \w+ \(|\.ts/);
  });
});
