import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { chunks } from './chunks.js';
import type { Server } from './server.js';
import { quote, type Statement, sendAll } from './statement.js';

/**
 * `update t set a = case … when <key> then <value> … end where <keys>`.
 *
 * Not an update of the table joined with the rows as a derived table: MariaDB 10.11.19 writes wrong values and then
 * crashes where a value of such a table has 64 KB or more (in select_unit::write_record, below mysql_multi_update).
 */
export async function bulkUpdate(
  server: Server,
  db: Knex,
  table: string,
  keys: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const changed = Object.keys(first).filter((name) => !keys.includes(name));
  const written = [...changed, ...[...changed, 'where'].flatMap(() => keys)];
  await sendAll(
    db,
    chunks(server, rows, written, mostRows).map((chunk) => updateOf(table, keys, changed, chunk)),
  );
}

/** Each row looks through the whole list, so work grows with the square of this. */
const mostRows = 100;

function updateOf(table: string, keys: readonly string[], changed: readonly string[], rows: readonly Row[]): Statement {
  const [first] = rows;
  // Mostly the organization: the same in every row, so it is said once.
  const fixed = keys.filter((key) => rows.every((row) => row[key] === first?.[key]));
  const varying = keys.filter((key) => !fixed.includes(key));
  const tuple = parenthesized(varying.map(quote));
  const places = parenthesized(varying.map(() => '?'));
  const condition = varying.map((key) => `${quote(key)} = ?`).join(' and ') || 'true';
  // The last row of a key counts, and CASE takes the first that matches.
  const backwards = rows.toReversed();

  const cases = `case ${backwards.map(() => `when ${condition} then ?`).join(' ')} end`;
  const set = changed.map((name) => `${quote(name)} = ${cases}`).join(', ');
  const where = fixed.map((key) => `${quote(key)} = ?`);
  if (varying.length > 0) where.push(`${tuple} in (${rows.map(() => places).join(', ')})`);

  const keyOf = (row: Row, names: readonly string[]) => names.map((name) => row[name] ?? null);
  return {
    sql: `update ${quote(table)} set ${set} where ${where.join(' and ')}`,
    values: [
      ...changed.flatMap((name) => backwards.flatMap((row) => [...keyOf(row, varying), row[name] ?? null])),
      ...keyOf(first ?? {}, fixed),
      ...rows.flatMap((row) => keyOf(row, varying)),
    ],
  };
}

function parenthesized(parts: readonly string[]): string {
  return parts.length === 1 ? parts.join() : `(${parts.join(', ')})`;
}
