import type { Knex } from 'knex';

/** The rows of one statement. */
export async function ask<T>(db: Knex, sql: string, values: readonly Knex.RawBinding[] = []): Promise<T[]> {
  // mysql2 answers with rows and column definitions; the caller knows the columns it asked for.
  const [rows] = (await db.raw(sql, [...values])) as [T[], unknown];
  return rows;
}
