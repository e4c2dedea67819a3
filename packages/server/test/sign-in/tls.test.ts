import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite, testPassword } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { demandTls } from '../../src/tls.js';
import { openStage } from '../stage/index.js';

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tims-tls-'));
  for (const name of ['own', 'other']) {
    const to = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`), '-days', '2', '-subj', '/CN=localhost'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...to, '-addext', 'subjectAltName=IP:127.0.0.1'], {
      stdio: 'pipe',
    });
  }
  writeFileSync(file('nonsense.pem'), 'nonsense');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a start', () => {
  const start = (settings: { host?: string; trustProxy?: string; tlsCert?: string; tlsKey?: string }) => () =>
    demandTls({ host: '127.0.0.1', ...settings });

  it('without a certificate is for this machine, or for a proxy that is named', () => {
    for (const host of ['127.0.0.1', '127.0.1.1', 'localhost', '::1']) expect(start({ host })()).toBeUndefined();
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'inbox.example.com']) {
      expect(start({ host })).toThrow(/TIMS_HOST is .*TIMS_TLS_CERT.*TIMS_TRUST_PROXY.*TIMS_HOST=127\.0\.0\.1/);
      expect(start({ host, trustProxy: '10.0.0.0/8' })()).toBeUndefined();
      expect(start({ host, tlsCert: file('own.crt'), tlsKey: file('own.key') })()).toBeDefined();
    }
  });

  it('with half a certificate, or one that is none, says which setting and what to do', () => {
    const [tlsCert, tlsKey] = [file('own.crt'), file('own.key')];
    expect(start({ tlsCert })).toThrow(/TIMS_TLS_KEY is not: set both/);
    expect(start({ tlsKey })).toThrow(/TIMS_TLS_CERT is not: set both/);
    expect(start({ tlsCert: file('none'), tlsKey })).toThrow(/TIMS_TLS_CERT cannot be read: ENOENT/);
    expect(start({ tlsCert, tlsKey: file('none') })).toThrow(/TIMS_TLS_KEY cannot be read: ENOENT/);
    expect(start({ tlsCert, tlsKey: file('other.key') })).toThrow(/cannot be used together/);
    expect(start({ tlsCert: file('nonsense.pem'), tlsKey })).toThrow(/cannot be used together/);
    expect(start({ tlsCert, tlsKey: tlsCert })).toThrow(/cannot be used together/);
  });
});

describe('a server with a certificate', () => {
  it('speaks HTTPS and secure sockets, sets secure cookies, and asks browsers to come over nothing else', async () => {
    const tls = { cert: readFileSync(file('own.crt')), key: readFileSync(file('own.key')) };
    const stage = await openStage(await openSqlite(), { tls });
    try {
      const url = await stage.app.listen({ port: 0, host: '127.0.0.1' });
      expect(url).toMatch(/^https:/);
      const ca = tls.cert;
      const login = { email: stage.admin.email, password: testPassword, mode: 'cookie' };
      const answer = await post(`${url}/api/auth/login`, login, { ca, origin: url });
      expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=15552000']);
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      expect(cookies).toHaveLength(2);
      for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Strict/);

      const { ticket } = (await stage.call('POST', '/api/realtime/tickets', { as: stage.admin })).body;
      const socket = new WebSocket(`${url.replace('https', 'wss')}/api/realtime?ticket=${ticket}`, { ca });
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      socket.close();
      await expect(fetch(`${url.replace('https', 'http')}/healthz`)).rejects.toThrow();
    } finally {
      await stage.close();
    }
  });
});

describe('behind a proxy', () => {
  it('what came over TLS there counts as such, if the proxy is one that is named', async () => {
    const stage = await openStage(await openSqlite(), { trustProxy: '10.1.1.1' });
    try {
      const from = async (remoteAddress: string) => {
        const headers = { 'x-forwarded-proto': 'https', host: 'inbox.example.com' };
        const { headers: told } = await stage.app.inject({ url: '/healthz', headers, remoteAddress });
        return told['strict-transport-security'];
      };
      expect([await from('10.1.1.1'), await from('203.0.113.5')]).toEqual(['max-age=15552000', undefined]);
    } finally {
      await stage.close();
    }
  });
});

interface Told {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
}

function post(url: string, body: object, { ca, origin }: { ca: Buffer; origin: string }): Promise<Told> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin };
    const sent = request(url, { method: 'POST', ca, headers }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode, headers: response.headers }));
    });
    sent.on('error', reject).end(JSON.stringify(body));
  });
}
