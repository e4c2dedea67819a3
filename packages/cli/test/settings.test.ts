import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOf, newPlace, type Place } from './process.js';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.leave());

const config = (text: string, name = 'tims.config.ts') => writeFileSync(join(place.folder, name), text);

/** Every command that reads the settings refuses wrong ones alike; `start` is the one that people meet. */
async function refused(env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const ended = await place.tims(['start'], { env });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).not.toMatch(/\n +at /);
  // Nothing is made before the settings are right.
  expect(existsSync(join(place.folder, 'data'))).toBe(false);
  const [head, ...problems] = ended.stderr.trim().split('\n');
  expect(head).toBe('TIMS cannot start with these settings:');
  return problems.map((line) => line.replace(/^ {2}- /, ''));
}

test('an unknown variable stops the start, with the name that was meant', async () => {
  expect(await refused({ TIMS_PROT: '4000' })).toEqual(['TIMS_PROT is no setting. Did you mean TIMS_PORT?']);
});

test('an address that other machines reach stops the start where nothing encrypts', async () => {
  const ended = await place.tims(['start'], { env: { TIMS_HOST: '0.0.0.0' } });
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toMatch(/^TIMS cannot start\. Other machines would reach this server without encryption/m);
  expect(existsSync(join(place.folder, 'data'))).toBe(false);
});

test("a plugin's variable comes from its schema", async () => {
  expect(await refused({ TIMS_WHATSAPP_APP_SECRT: 'x', TIMS_WHATSAPP_GRAPH_VERSION: 'latest' })).toEqual([
    'TIMS_WHATSAPP_APP_SECRT is no setting. Did you mean TIMS_WHATSAPP_APP_SECRET?',
    expect.stringMatching(/^TIMS_WHATSAPP_GRAPH_VERSION must be .+, not "latest"\.$/),
  ]);
});

test('everything that is wrong is said at once, and no secret with it', async () => {
  const problems = await refused({
    TIMS_PORT: '70000',
    TIMS_LOG_LEVEL: 'loud',
    TIMS_SECRET_KEY: 'too-short-secret',
    TIMS_DATABASE_URL: 'oracle://scott:tiger@db/orcl',
    TIMS_ALLOWED_ORIGINS: 'https://a.example.com,b.example.com',
  });
  expect(problems).toHaveLength(5);
  const text = problems.join('\n');
  expect(text).toContain('TIMS_PORT must be a whole number from 0 to 65535, not 70000.');
  expect(text).toContain('TIMS_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud".');
  expect(text).toContain('TIMS_SECRET_KEY must be a text of 32 to 1024 characters.');
  expect(text).toContain(
    'TIMS_DATABASE_URL begins with "oracle:", which no storage plugin serves; there are sqlite:, mysql:, mariadb:.',
  );
  expect(text).toContain('TIMS_ALLOWED_ORIGINS must be a list, such as https://desk.example.com');
  expect(text).not.toMatch(/too-short-secret|tiger/);
});

test('the config file is read, typed or not, and the environment wins over it', async () => {
  config(`import { defineConfig } from '@tims/server/config';
    const port: number = 1;
    export default defineConfig({ port, logLevel: 'silent', dataDir: './elsewhere', whatsapp: { appSecret: 'shared' } });`);
  const server = place.start(['start']);
  expect(await addressOf(server)).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}$/);
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(place.folder, 'elsewhere/tims.db'))).toBe(true);
  expect(existsSync(join(place.folder, 'data'))).toBe(false);
});

test('unknown and wrong settings in the file are named with their place', async () => {
  config(
    `export default { prot: 4000, host: 5, whatsapp: { graphURL: 'x', appSecret: 7 }, whatsap: {} };`,
    'tims.config.mjs',
  );
  const problems = await refused();
  expect(problems).toEqual([
    'prot in tims.config.mjs is no setting. Did you mean port?',
    'whatsapp.graphURL in tims.config.mjs is no setting. Did you mean whatsapp.graphUrl?',
    'whatsap in tims.config.mjs is no setting. Did you mean whatsapp?',
    'host in tims.config.mjs must be a text that is not empty, not 5.',
    'whatsapp.appSecret in tims.config.mjs must be a text that is not empty.',
  ]);
});

test('a file that cannot be read, or exports nothing, is a setting that is wrong', async () => {
  config('export default {');
  expect((await refused())[0]).toContain('tims.config.ts cannot be read: ');
  config('export const port = 1;');
  config('export default 5;', 'tims.config.ts');
  expect(await refused()).toEqual(['tims.config.ts must `export default defineConfig({ … })`; it exports no object.']);
});

test('a plugin of another kind or API is refused by its name', async () => {
  config(`export default { plugins: [
    { kind: 'channel', id: 'pigeon', apiVersion: 2 },
    { kind: 'carrier', id: 'owl', apiVersion: 1 },
    { kind: 'storage', id: 'clay', apiVersion: 1 },
    'sqlite',
  ] };`);
  expect(await refused()).toEqual([
    'The plugin "pigeon" is written for plugin API 2; this TIMS has API 1. Install a version of it that fits. (tims.config.ts)',
    'The plugin "owl" is of the kind "carrier"; this TIMS knows "channel" and "storage". (tims.config.ts)',
    'The plugin "clay" gives no "schemes" or no "open". (tims.config.ts)',
    'plugins[3] is no plugin: it needs to come from defineChannel or defineStorage. (tims.config.ts)',
  ]);
});

test('a channel plugin of the file brings its settings along', async () => {
  config(`export default { plugins: [{
    kind: 'channel', id: 'pigeon', title: 'Pigeon', version: '1', apiVersion: 1,
    installation: { type: 'object', properties: { loft: { type: 'string' } } },
  }] };`);
  expect(await refused({ TIMS_PIGEON_LOFTT: 'x' })).toEqual([
    'TIMS_PIGEON_LOFTT is no setting. Did you mean TIMS_PIGEON_LOFT?',
  ]);
});

test('--port is a setting like every other', async () => {
  const ended = await place.tims(['start', '--port', 'high']);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('TIMS_PORT must be a whole number from 0 to 65535, not "high".');
});

test('the other local commands refuse wrong settings too', async () => {
  for (const args of [['migrate'], ['init'], ['migrate', '--check']]) {
    const ended = await place.tims(args, { env: { TIMS_PROT: '1' } });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('Did you mean TIMS_PORT?');
  }
});
