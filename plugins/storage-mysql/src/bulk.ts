import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { chunks } from './chunks.js';
import { typesOf } from './column-types.js';
import type { Server } from './server.js';

export function bulkInsert(server: Server, db: Knex, table: string, rows: readonly Row[]): Promise<void> {
  return insert(server, db, table, rows, () => '');
}

export function bulkInsertIgnore(server: Server, db: Knex, table: string, rows: readonly Row[]): Promise<void> {
  // INSERT IGNORE would also cut what is too long and turn other errors into warnings.
  return insert(server, db, table, rows, ([first]) => ` on duplicate key update ${first} = ${quote(table)}.${first}`);
}

export function bulkAdd(
  server: Server,
  db: Knex,
  table: string,
  amount: string,
  rows: readonly Row[],
): Promise<void> {
  const column = quote(amount);
  return insert(server, db, table, rows, () => ` on duplicate key update ${column} = ${column} + values(${column})`);
}

/** Joins the table with the rows, which stand first so that the table is looked up by its key. */
export async function bulkUpdate(
  server: Server,
  db: Knex,
  table: string,
  keys: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const types = await typesOf(db, table);
  // A key compares in its column's own character set and collation, or its index could not be used.
  const places = names.map((name) => (keys.includes(name) ? (types.get(name) ?? '?') : '?'));
  const named = names.map((name, i) => `${places[i]} as ${quote(name)}`).join(', ');
  const next = ` union all select ${places.join(', ')}`;
  const on = keys.map((name) => `t.${quote(name)} = v.${quote(name)}`).join(' and ');
  const set = names.filter((name) => !keys.includes(name)).map((name) => `t.${quote(name)} = v.${quote(name)}`);
  await sendChunks(server, db, rows, names, (count) => {
    const list = `select ${named}${next.repeat(count - 1)}`;
    return `update (${list}) v straight_join ${quote(table)} t on ${on} set ${set.join(', ')}`;
  });
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
  const names = Object.keys(first);
  const columns = names.map(quote);
  const start = `insert into ${quote(table)} (${columns.join(', ')}) values `;
  const one = `(${names.map(() => '?').join(', ')})`;
  const end = onDuplicate(columns);
  await sendChunks(server, db, rows, names, (count) => start + new Array(count).fill(one).join(', ') + end);
}

/** All or nothing, also when it takes several statements. */
async function sendChunks(
  server: Server,
  db: Knex,
  rows: readonly Row[],
  names: readonly string[],
  sqlFor: (count: number) => string,
): Promise<void> {
  const [first, ...others] = chunks(server, rows, names);
  if (!first) return;
  const sendAll = async (connected: Knex) => {
    for (const { count, values } of [first, ...others]) await send(connected, sqlFor(count), values);
  };
  if (others.length > 0 && !db.isTransaction) await db.transaction(sendAll);
  else await sendAll(db);
}

/** Past knex's own treatment of each value: the statement and its values go to the driver as they are. */
async function send(db: Knex, sql: string, values: unknown[]): Promise<void> {
  // `Knex.client` is untyped; this is its mysql2 client, or a transaction's.
  const client = db.client as Knex.Client;
  const connection = await client.acquireConnection();
  try {
    await client.query(connection, { sql, bindings: values });
  } finally {
    client.releaseConnection(connection);
  }
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
