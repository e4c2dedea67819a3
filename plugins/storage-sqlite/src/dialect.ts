import type { Dialect, Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { runMany } from './client.js';
import { columns } from './columns.js';
import { classify } from './errors.js';
import { explain } from './explain.js';

export function sqliteDialect(): Dialect {
  let migrations: Promise<unknown> = Promise.resolve();
  return {
    name: 'sqlite',
    singleWriter: true,
    bulkInsert: (db, table, rows) => insert(db, table, rows, ''),
    // Not INSERT OR IGNORE, which swallows NOT NULL and CHECK as well.
    bulkInsertIgnore: (db, table, rows) => insert(db, table, rows, ' on conflict do nothing'),
    bulkUpdate,
    bulkAdd: (db, table, keys, amount, rows) => {
      const add = `${quote(amount)} = ${quote(table)}.${quote(amount)} + excluded.${quote(amount)}`;
      return insert(db, table, rows, ` on conflict (${keys.map(quote).join(', ')}) do update set ${add}`);
    },
    forUpdate: (query) => query,
    joinInOrder: 'cross join',
    classify,
    columns,
    // No other process has the file (file-lock.ts), so it is enough to keep this one's own callers apart.
    withMigrationLock: (_db, work) => {
      const mine = migrations.then(work, work);
      migrations = mine.catch(() => undefined);
      return mine;
    },
    explain,
  };
}

async function insert(db: Knex, table: string, rows: readonly Row[], onConflict: string): Promise<void> {
  const [first] = rows;
  if (!first) return;
  // A column that is null in every row is left to its default, which is null.
  const names = Object.keys(first).filter((name, index) => index === 0 || rows.some((row) => row[name] !== null));
  const places = names.map(() => '?').join(', ');
  const sql = `insert into ${quote(table)} (${names.map(quote).join(', ')}) values (${places})${onConflict}`;
  await runMany(db, sql, rows, names);
}

async function bulkUpdate(db: Knex, table: string, keys: readonly string[], rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const changed = Object.keys(first).filter((name) => !keys.includes(name));
  const set = changed.map((name) => `${quote(name)} = ?`).join(', ');
  const where = keys.map((name) => `${quote(name)} = ?`).join(' and ');
  const names = [...changed, ...keys];
  await runMany(db, `update ${quote(table)} set ${set} where ${where}`, rows, names);
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
