import type { ExplainReport } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { ask } from './ask.js';

interface PlanLine {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: number | null;
  Extra: string | null;
}

/**
 * Reads EXPLAIN. The optimiser reads small tables whole whatever their indexes: fill the table and run ANALYZE TABLE
 * first. https://dev.mysql.com/doc/refman/8.0/en/explain-output.html
 */
export async function explain(db: Knex, query: Knex.QueryBuilder): Promise<ExplainReport> {
  const { sql, bindings } = query.toSQL().toNative();
  const plan = await ask<PlanLine>(db, `explain ${sql}`, bindings);
  const tables = plan.filter((line) => line.table !== null && !line.table.startsWith('<'));
  return {
    fullScan: tables.some((line) => line.type === 'ALL' || (line.type === 'index' && !readsFirstRowsOnly(sql))),
    sort: plan.some((line) => line.Extra?.includes('Using filesort')),
    text: plan.map((line) => `${line.table} ${line.type} ${line.key} ${line.rows} ${line.Extra ?? ''}`).join('\n'),
  };
}

/** No condition that could skip many rows before there are enough. */
function readsFirstRowsOnly(sql: string): boolean {
  return /\blimit\b/i.test(sql) && !/\bwhere\b/i.test(sql);
}
