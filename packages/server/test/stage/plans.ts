import { expect } from 'vitest';
import type { Stage } from './index.js';
import type { Person } from './people.js';

/** What knex tells of a statement before it runs. */
interface Statement {
  sql: string;
  bindings: unknown[];
}

/** Asks over HTTP and explains every statement of these tables that has an order: none reads a table whole, none sorts. */
export async function plansOf(stage: Stage, tables: readonly string[], path: string, as: Person) {
  const { reader, dialect } = stage.tims.installation.storage;
  const statements: Statement[] = [];
  const listen = (statement: Statement) => statements.push(statement);
  reader.on('query', listen);
  const { status, body, text } = await stage.call('GET', `/api/${path}`, { as });
  reader.removeListener('query', listen);
  expect(status, text).toBe(200);
  const from = new RegExp(`from [\`"](${tables.join('|')})[\`"]`);
  const lists = statements.filter(({ sql }) => from.test(sql) && /order by/i.test(sql));
  for (const { sql, bindings } of lists) {
    // A raw statement compiles as a built one does, which is all that `explain` asks of it.
    const statement = reader.raw(sql, bindings as string[]) as unknown as Parameters<typeof dialect.explain>[1];
    const plan = await dialect.explain(reader, statement);
    expect({ fullScan: plan.fullScan, sort: plan.sort }, `${path}\n${sql}\n${plan.text}`).toEqual({
      fullScan: false,
      sort: false,
    });
  }
  return { body, statements: lists };
}
