import type { ExplainReport } from '@tims/core/plugin';
import type { Knex } from 'knex';

/** Reads SQLite's query plan. Its words: https://sqlite.org/eqp.html */
export async function explain(db: Knex, query: Knex.QueryBuilder): Promise<ExplainReport> {
  const { sql, bindings } = query.toSQL().toNative();
  const plan: { detail: string }[] = await db.raw(`explain query plan ${sql}`, [...bindings]);
  const details = plan.map((line) => line.detail);
  const sort = details.some((detail) => /^USE TEMP B-TREE FOR .*ORDER BY/.test(detail));
  const bounded = readsFirstRowsOnly(sql) && !sort;
  const built = builtFrom(details);
  const fullScan = !bounded && details.some((detail) => isFullScan(detail, built));
  return { fullScan, sort, text: details.join('\n') };
}

function isFullScan(detail: string, built: Set<string>): boolean {
  const scan = /^SCAN (?<what>.+)$/.exec(detail)?.groups?.what;
  if (scan === undefined || /CONSTANT ROWS?$/.test(scan) || built.has(scan)) return false;
  // A table-valued function such as json_each reads its argument; a search gives its index a number of terms.
  return !/VIRTUAL TABLE INDEX/.test(scan) || /VIRTUAL TABLE INDEX 0:$/.test(scan);
}

/** Subqueries that the plan itself makes: walking their result is not reading a table. */
function builtFrom(details: string[]): Set<string> {
  return new Set(details.map((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (.+)$/.exec(detail)?.[1] ?? ''));
}

/** No condition that could skip many rows before there are enough. */
function readsFirstRowsOnly(sql: string): boolean {
  return /\blimit\b/i.test(sql) && !/\bwhere\b/i.test(sql);
}
