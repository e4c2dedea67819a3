import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { chunks } from './chunks.js';
import type { Server } from './server.js';
import { quote, sendAll } from './statement.js';

export function bulkInsert(server: Server, db: Knex, table: string, rows: readonly Row[]): Promise<void> {
  return insert(server, db, table, rows, () => '');
}

export function bulkInsertIgnore(server: Server, db: Knex, table: string, rows: readonly Row[]): Promise<void> {
  // INSERT IGNORE would also cut what is too long and turn other errors into warnings.
  return insert(server, db, table, rows, ([first]) => ` on duplicate key update ${first} = ${quote(table)}.${first}`);
}

export function bulkAdd(server: Server, db: Knex, table: string, amount: string, rows: readonly Row[]): Promise<void> {
  const column = quote(amount);
  return insert(server, db, table, rows, () => ` on duplicate key update ${column} = ${column} + values(${column})`);
}

async function insert(
  server: Server,
  db: Knex,
  table: string,
  rows: readonly Row[],
  onDuplicate: (columns: string[]) => string,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  // A column that is null in every row is left to its default, which is null.
  const names = Object.keys(first).filter((name, index) => index === 0 || rows.some((row) => row[name] !== null));
  const columns = names.map(quote);
  const start = `insert into ${quote(table)} (${columns.join(', ')}) values `;
  const places = `(${names.map(() => '?').join(', ')})`;
  const end = onDuplicate(columns);
  const statements = chunks(server, rows, names, mostRows).map((chunk) => ({
    sql: start + new Array(chunk.length).fill(places).join(', ') + end,
    values: chunk.flatMap((row) => names.map((name) => row[name] ?? null)),
  }));
  await sendAll(db, statements);
}

/** Values go into the statement's text here, so the 65,535 of a prepared one are no limit; its length is. */
const mostRows = 1000;
