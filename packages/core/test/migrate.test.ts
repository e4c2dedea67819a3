import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { forEachDatabase, type TestDatabase } from '@tims/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as migrating from '../src/database/migrate.js';
import type { Storage } from '../src/plugin/storage.js';
import { exampleSet } from './migrate/example-set.mjs';

const { migrate, pendingMigrations, SchemaTooNewError } = migrating;
const example: migrating.MigrationSet = exampleSet(migrating);
const steps = [
  'example/0001-people/people',
  'example/0001-people/letters',
  'example/0001-people/first-person',
  'example/0002-letters-by-time/sent_at',
  'example/0002-letters-by-time/by-time',
];

forEachDatabase('migrating', (open) => {
  const fresh = async (): Promise<TestDatabase> => {
    const database = await open();
    onTestFinished(() => database.close());
    return database;
  };

  it('runs what is pending, in order and once', async () => {
    const { storage } = await fresh();
    expect(await pendingMigrations(storage, [example])).toEqual(steps);
    const order: string[] = [];
    const result = await migrate(storage, [example], { onStep: (step, when) => void order.push(`${when} ${step}`) });
    expect(result).toEqual({ applied: steps });
    expect(order).toEqual(steps.flatMap((step) => [`before ${step}`, `after ${step}`]));
    expect(await pendingMigrations(storage, [example])).toEqual([]);
    expect(await migrate(storage, [example])).toEqual({ applied: [] });
  });

  it('keeps the namespaces apart', async () => {
    const { storage } = await fresh();
    await migrate(storage, [example]);
    const other = {
      namespace: 'other',
      migrations: [{ id: '0001-people', steps: [{ name: 'people', run: nothing }] }],
    };
    expect(await migrate(storage, [example, other])).toEqual({ applied: ['other/0001-people/people'] });
    // A plugin that was removed leaves its records, which say nothing about the others.
    expect(await pendingMigrations(storage, [example])).toEqual([]);
  });

  it('refuses a schema newer than the code', async () => {
    const { storage } = await fresh();
    await migrate(storage, [example]);
    const older = { ...example, migrations: example.migrations.slice(0, 1) };
    await expect(migrate(storage, [older])).rejects.toThrow(SchemaTooNewError);
    await expect(pendingMigrations(storage, [older])).rejects.toThrow(
      /newer TIMS: it has example\/0002-letters-by-time/,
    );
  });

  it('stops at a step that fails and goes on there', async () => {
    const { storage } = await fresh();
    let broken = true;
    const fails = async () => {
      if (broken) throw new Error('no such luck');
    };
    const set = {
      namespace: 'x',
      migrations: [
        {
          id: '1',
          steps: [
            { name: 'a', run: nothing },
            { name: 'b', run: fails },
          ],
        },
      ],
    };
    await expect(migrate(storage, [set])).rejects.toThrow('no such luck');
    expect(await pendingMigrations(storage, [set])).toEqual(['x/1/b']);
    broken = false;
    expect(await migrate(storage, [set])).toEqual({ applied: ['x/1/b'] });
  });

  it('runs each step once when several servers start together', async () => {
    const { storage, url, plugin } = await fresh();
    const others =
      storage.dialect.name === 'sqlite' ? [storage] : await Promise.all([plugin.open(url), plugin.open(url)]);
    const results = await Promise.all([storage, ...others].map((each) => migrate(each, [example])));
    expect(results.flatMap((result) => result.applied).sort()).toEqual([...steps].sort());
    for (const other of others) if (other !== storage) await other.close();
  });

  describe('R19: killed at every statement', () => {
    it('is completed by the next start', { timeout: 120_000 }, async () => {
      const undisturbed = await fresh();
      const statements = Number(await runChild(undisturbed, undefined));
      const whole = await undisturbed.plugin.open(undisturbed.url);
      const expected = await contentOf(whole);
      await whole.close();
      expect(statements).toBeGreaterThan(10);
      for (let n = 1; n <= statements; n++) {
        const database = await open();
        expect(await runChild(database, n)).toBe('SIGKILL');
        const storage = await database.plugin.open(database.url);
        await migrate(storage, [example]);
        expect(await contentOf(storage), `killed before statement ${n}`).toEqual(expected);
        await storage.close();
        await database.close();
      }
    });
  });
});

const nothing = async () => {};

/** What it printed, or the signal that ended it. SQLite's file belongs to one process, so ours lets go of it. */
async function runChild(database: TestDatabase, killBefore: number | undefined): Promise<string> {
  await database.storage.close();
  const script = fileURLToPath(new URL('./migrate/killed-while-migrating.mjs', import.meta.url));
  const child = promisify(execFile)(process.execPath, [script, database.url, String(killBefore)]);
  return child.then(
    ({ stdout }) => stdout.trim(),
    (error: { signal?: string; stderr?: string }) => error.signal ?? `failed: ${error.stderr}`,
  );
}

/** The schema as the database itself writes it, and the rows that migrations made. */
async function contentOf({ writer, dialect }: Storage): Promise<unknown> {
  const people = await writer('people').select();
  const records = await writer('tims_migrations').select('namespace', 'id', 'step').orderBy('id').orderBy('step');
  if (dialect.name === 'sqlite') {
    return { people, records, schema: await writer('sqlite_master').select('type', 'name', 'sql').orderBy('name') };
  }
  const [tables] = await writer.raw(
    'select table_name as name from information_schema.tables where table_schema = database()',
  );
  const names = tables.map((table: { name: string }) => table.name).sort();
  const schema = [];
  for (const name of names) schema.push((await writer.raw('show create table ??', [name]))[0]);
  return { people, records, schema };
}
