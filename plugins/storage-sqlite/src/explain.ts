import type { ExplainReport } from '@tims/core/plugin';
import type { Knex } from 'knex';

/** Reads SQLite's query plan. Its words: https://sqlite.org/eqp.html */
export async function explain(db: Knex, query: Knex.QueryBuilder): Promise<ExplainReport> {
  const { sql, bindings } = query.toSQL().toNative();
  const plan: { detail: string }[] = await db.raw(`explain query plan ${sql}`, [...bindings]);
  const details = plan.map((line) => line.detail);
  return {
    fullScan: details.some((detail) => isFullScan(detail, builtFrom(details), walksIndexToLimit(sql))),
    sort: details.some((detail) => /USE TEMP B-TREE FOR (LAST .* OF )?(RIGHT PART OF )?ORDER BY/.test(detail)),
    text: details.join('\n'),
  };
}

function isFullScan(detail: string, built: Set<string>, bounded: boolean): boolean {
  const scan = /^SCAN (?<what>.+)$/.exec(detail)?.groups?.what;
  if (scan === undefined) return false;
  if (/CONSTANT ROWS?$/.test(scan) || built.has(scan)) return false;
  // A table-valued function such as json_each reads its argument; without one its index has no number of terms.
  if (/VIRTUAL TABLE INDEX/.test(scan)) return /VIRTUAL TABLE INDEX 0:$/.test(scan);
  return !(bounded && / USING (COVERING )?INDEX /.test(scan));
}

/** Subqueries that the plan itself makes: walking their result is not reading a table. */
function builtFrom(details: string[]): Set<string> {
  return new Set(details.map((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (.+)$/.exec(detail)?.[1] ?? ''));
}

/** The first rows in an index's order, with no condition that could skip many. */
function walksIndexToLimit(sql: string): boolean {
  return /\blimit\b/i.test(sql) && !/\bwhere\b/i.test(sql);
}
