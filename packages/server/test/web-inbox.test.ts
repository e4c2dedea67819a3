import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxFolder } from '../src/plugins/web-inbox.js';
import { openStage, type Stage } from './stage/index.js';

const folder = mkdtempSync(join(tmpdir(), 'tims-inbox-'));
const page = '<!doctype html><title>An inbox</title>';
let stage: Stage;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'assets/main-a1b2c3.js'), 'export {};');
  stage = await openStage(await openSqlite(), { inboxFolder: folder });
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('a web inbox', () => {
  it.each(['/', '/inbox/mine', '/inbox/queue/cnv_01hzy3v9k2e7q8m4n5p6r7s8t9?x=1'])(
    'answers %s with its page',
    async (path) => {
      const { status, headers, text } = await stage.call('GET', path, { headers: browser });
      expect(status).toBe(200);
      expect(text).toBe(page);
      expect(headers).toMatchObject({
        'content-type': expect.stringContaining('text/html'),
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      });
    },
  );

  it('lets its files be kept for as long as they are named by their content', async () => {
    const { status, headers } = await stage.call('GET', '/assets/main-a1b2c3.js');
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('immutable');
  });

  it.each([
    ['GET', '/api/nothing', browser],
    ['GET', '/assets/gone-0.js', browser],
    ['GET', '/inbox/mine', { accept: 'application/json' }],
    ['POST', '/inbox/mine', browser],
    ['GET', '/..%2f..%2fetc/passwd', { accept: '*/*' }],
    ['GET', '/assets/..%2f..%2f..%2fetc%2fpasswd', browser],
  ] as const)('leaves %s %s with %o to be no route', async (method, path, headers) => {
    const { status, body } = await stage.call(method, path, { headers });
    expect(status).toBe(404);
    expect(body.code).toBe('route_not_found');
  });

  it('is looked for where it is named', () => {
    expect(inboxFolder(folder)).toBe(folder);
    expect(inboxFolder('off')).toBeUndefined();
    expect(() => inboxFolder(tmpdir())).toThrow('TIMS_INBOX_DIR names');
  });
});
