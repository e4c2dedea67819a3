import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTims } from '@tims/sdk';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { addressOf, type Ended, newPlace, type Place } from './process.js';

const password = 'nine-lives-of-a-cat';

describe('files of contacts', () => {
  let place: Place;
  beforeAll(async () => {
    place = newPlace();
    place.env.TIMS_URL = await addressOf(place.start(['start', '--demo']));
  });
  afterAll(() => place.leave());

  const file = (name: string, text: string) => {
    const path = join(place.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const tims = async (...args: string[]): Promise<Ended> => {
    const ended = await place.tims(args);
    expect(ended.code, `tims ${args.join(' ')}: ${ended.stderr}`).toBe(0);
    return ended;
  };

  test('a file is imported, and its rows at fault are told', async () => {
    const path = file('people.csv', 'Full name;Phone\nNurul;+60 12-400 0001\nOops;12\n');
    const ended = await place.tims(['contacts', 'import', path]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^ROW +FAULT +CELLS\n3 +Phone: WhatsApp cannot read the address +Oops \| 12\n/);
    expect(ended.stdout).toMatch(/^imp_\w+ {2}2 rows: 1 created, 0 updated, 0 unchanged, 1 failed$/m);
    expect(ended.stderr).toContain('1 of 2 rows were not imported.');
    const again = JSON.parse((await place.tims(['contacts', 'import', path, '--json'])).stdout);
    expect(again).toMatchObject({ unchanged: 1, failures: [{ row: 3, cells: ['Oops', '12'] }] });
  });

  test('a file is looked at first, and started with what no heading says', async () => {
    const path = file('odd.csv', 'Who,Handy,Remark\nSiti,+60124000002,x\n');
    const looked = await tims('contacts', 'import', path, '--look');
    expect(looked.stdout).toMatch(/^state +staged$/m);
    expect(looked.stdout).toMatch(/^Who +\?$/m);
    const id = /^id +(imp_\w+)$/m.exec(looked.stdout)?.[1] ?? '';
    const unclear = await place.tims(['imports', 'start', id]);
    expect(unclear.code).toBe(1);
    expect(unclear.stderr).toContain('Nothing is known of “Who”, “Handy”, “Remark”');
    const channels = JSON.parse((await tims('channels', 'list', '--json')).stdout).data;
    const said = ['--column', 'Who=name', '--column', 'Handy=address', '--ignore', 'Remark'];
    const started = await tims('imports', 'start', id.slice(-8), ...said, '--channel', channels[0].name);
    expect(started.stdout).toContain('1 rows: 1 created');
    expect((await tims('imports', 'list')).stdout).toMatch(/done +now +odd.csv +1 +1 +0 +0/);
    const reported = await place.tims(['contacts', 'import', path, ...said, '--refuse-existing']);
    expect(reported.stdout).toContain('The contact is there already');
    expect((await place.tims(['imports', 'cancel', id])).code).toBe(6);
  });

  test('a file that is none is refused with its place', async () => {
    const broken = await place.tims(['contacts', 'import', file('broken.csv', 'name\n"Mei\n')]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('Row 2: a quote is opened and never closed');
    const missing = await place.tims(['contacts', 'import', join(place.folder, 'nothing.csv')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('cannot be read');
  });

  test('all contacts are written to a file that nobody else reads', async () => {
    const out = join(place.folder, 'contacts.csv');
    await tims('contacts', 'export', '--out', out);
    expect(readFileSync(out, 'utf8')).toMatch(/^id,name,kind,tags,address,created_at/);
    expect(readFileSync(out, 'utf8')).toContain("Nurul,customer,,'+60124000001,");
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect((await place.tims(['contacts', 'export', '--out', out])).code).not.toBe(0);
    const again = JSON.parse((await tims('contacts', 'import', out, '--json')).stdout);
    expect(again).toMatchObject({ failed: 0, created: 0, updated: 0 });
  });
});

forEachDatabase('an import whose server is killed again and again', (open) => {
  it('goes on where it was, and imports nothing twice and nothing by halves', { timeout: 180_000 }, async () => {
    const rows = 10_000;
    const database = await open();
    await database.storage.close();
    const place = newPlace();
    place.env.TIMS_DATABASE_URL = database.url;
    const who = ['--organization', 'Bright', '--email', 'mei@example.com', '--name', 'Mei'];
    await place.tims(['init', ...who, '--password-stdin'], { input: password });
    const lines = Array.from({ length: rows }, (_, n) => `Person ${n},${n % 100 === 7 ? 'no such kind' : ''}`);
    let server = place.start(['start']);
    let tims = await signedIn(await addressOf(server));
    const { id } = await tims.contactImports.create({ csv: `name,kind\n${lines.join('\n')}\n` });
    let created = 0;
    // As often as there is something left: fast machines are done before the third time.
    for (let kills = 0; kills < 3 && created < rows / 2; kills++) {
      await tims.contactImports.start({ id });
      for (const before = created; created === before; ) {
        created = (await tims.contactImports.get({ id })).created;
      }
      server.child.kill('SIGKILL');
      await server.ended;
      server = place.start(['start']);
      tims = await signedIn(await addressOf(server));
    }
    expect((await tims.contactImports.get({ id })).state).toBe('running');
    await tims.contactImports.start({ id });
    while ((await tims.contactImports.get({ id })).state === 'running') await sleep(50);
    const report = await tims.contactImports.get({ id });
    expect(report).toMatchObject({ state: 'done', rows, created: rows - rows / 100, failed: rows / 100 });
    const csv = await tims.contacts.export();
    const names = [...csv.matchAll(/,(Person \d+),customer,/g)].map(([, name]) => name);
    expect(names).toHaveLength(rows - rows / 100);
    expect(new Set(names).size).toBe(names.length);
    await place.leave();
    await database.close();
  });

  async function signedIn(url: string) {
    const tims = createTims({ url });
    await tims.login({ email: 'mei@example.com', password });
    return tims;
  }
});
