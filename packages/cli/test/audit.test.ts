import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { forEachDatabase, type TestDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, newPlace, type Place, type Running } from './process.js';

const password = 'nine-lives-of-a-cat';

forEachDatabase('tims audit', (open) => {
  let place: Place;
  let database: TestDatabase;
  let server: Running;
  let head = '';

  beforeAll(async () => {
    place = newPlace();
    database = await open();
    await database.storage.close();
    place.env.TIMS_DATABASE_URL = database.url;
    const mei = ['--email', 'mei@example.com', '--password-stdin'];
    await place.tims(['init', '--organization', 'Bright', '--name', 'Mei', ...mei], { input: password });
    server = place.start(['start']);
    const url = await addressOf(server);
    await place.tims(['login', '--url', url, ...mei], { input: password });
    await place.tims(['teams', 'create', 'tx', '=SUM(A1)']);
    const agent = ['users', 'create', '--email', 'tom@example.com', '--name', 'Tom', '--password-stdin'];
    await place.tims(agent, { input: password });
    await place.tims(['users', 'deactivate', 'tom@example.com']);
  });
  afterAll(async () => {
    await place.leave();
    await database.close();
  });

  const reopened = () => database.plugin.open(database.url);

  test('lists who did what, and what one user did', async () => {
    const listed = await place.tims(['audit', 'list', '--user', 'me']);
    expect(listed.stdout).toMatch(/NO +TIME +WHO +FROM +DID +TO +WHAT\n/);
    expect(listed.stdout).toMatch(/Mei +\S* +users\.update +usr_\w+ +status: active → deactivated\n/);
    const mine = await place.tims(['users', 'activity', 'me', '--json']);
    expect(JSON.parse(mine.stdout).data.map(({ action }: { action: string }) => action)).toEqual([
      'users.update',
      'users.create',
      'teams.create',
      'auth.login',
    ]);
    const none = await place.tims(['audit', 'list', '--from', '2100-01-01']);
    expect(none).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing was recorded.\n' });
    expect((await place.tims(['audit', 'list', '--from', 'yesterday'])).code).toBe(2);
  });

  test('exports to a file that only its owner reads, and over no file that is there', async () => {
    const exported = await place.tims(['audit', 'export', '--out', 'log.csv', '--action', 'teams.create']);
    expect(exported).toMatchObject({ code: 0, stderr: '1 rows in log.csv\n' });
    const file = join(place.folder, 'log.csv');
    expect(readFileSync(file, 'utf8')).toMatch(/^sequence,at,.*\r\n\d+,.*teams\.create.*\r\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await place.tims(['audit', 'export', '--out', 'log.csv'])).code).not.toBe(0);
    expect((await place.tims(['audit', 'export'])).stdout).toContain(',activities.export,');
  });

  test('purges nothing of the last 31 days', async () => {
    expect((await place.tims(['audit', 'purge', '--before', '2100-01-01'])).code).not.toBe(0);
    const purged = await place.tims(['audit', 'purge', '--before', '2020-01-01']);
    expect(purged).toMatchObject({ code: 0, stdout: 'Nothing was purged.\n' });
  });

  test('verifies, and compares with a head that was kept', async () => {
    const verified = await place.tims(['audit', 'verify']);
    expect(verified).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ok {2}\d+ rows, 1 to \d+, hold\nhead {2}/),
    });
    head = /head {2}(\d+:[0-9a-f]{64})/.exec(verified.stdout)?.[1] ?? '';
    expect((await place.tims(['audit', 'verify', '--expect', head])).code).toBe(0);
    const other = `${head.slice(0, -4)}0000`;
    const differs = await place.tims(['audit', 'verify', '--expect', other]);
    expect(differs).toMatchObject({ code: 1, stdout: expect.stringContaining('unexpected') });
    expect((await place.tims(['audit', 'verify', '--expect', 'x'])).code).toBe(2);
  });

  test('verifies without a server, and names the row that was edited', async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    const local = await place.tims(['audit', 'verify', '--local', '--expect', head]);
    expect(local, local.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^org_\w+\nok {2}/) });
    const storage = await reopened();
    await storage.writer('activity_logs').where('sequence', 2).update({ ip: '192.0.2.77' });
    await storage.close();
    const broken = await place.tims(['audit', 'verify', '--local', '--json']);
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject([{ verified: 1, fault: { sequence: 2, kind: 'edited' } }]);
  });
});
