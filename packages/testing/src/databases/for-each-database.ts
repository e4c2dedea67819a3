import { describe, inject } from 'vitest';
import './global-setup.js';
import { openMariadb, openSqlite, type TestDatabase } from './test-database.js';

/**
 * Runs `body` once for each kind of database; each `open()` in it gives a fresh, empty one.
 *
 * @example
 * forEachDatabase('tags', (open) => {
 *   it('keeps a tag', async () => {
 *     const { storage, close } = await open();
 *     // …
 *     await close();
 *   });
 * });
 */
export function forEachDatabase(name: string, body: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${name} on SQLite`, () => body(openSqlite));
  forMariadb(name, body);
}

/** The half of {@link forEachDatabase} that is MariaDB, for what only a server can do. */
export function forMariadb(name: string, body: (open: () => Promise<TestDatabase>) => void): void {
  const mariadb = inject('mariadb');
  if (mariadb === undefined) throw new Error('vitest.config.ts must name databases/global-setup.ts as globalSetup');
  if ('lacking' in mariadb) describe.skip(`${name} on MariaDB (${mariadb.lacking})`, () => body(openSqlite));
  else describe(`${name} on MariaDB`, () => body(() => openMariadb(mariadb)));
}
