import type { Dialect, ExplainReport } from '@tims/core/plugin';
import { expect } from 'vitest';
import type { Person, Stage } from '../stage/index.js';

/** What knex tells of a statement before it runs. */
export interface Statement {
  sql: string;
  bindings: unknown[];
}

/**
 * What an organization has only so many of: its own rows of these may be read whole, by the organization's range of an
 * index, and be sorted. Never the table whole: other organizations have rows there too.
 */
const small = new Set([
  'teams',
  'team_members',
  'users',
  // Looked up from its users.
  'accounts',
  'roles',
  'channels',
  'tags',
  'close_reasons',
  'contact_attributes',
  'views',
  // Cells that count: as many as there are of its teams, channels and people together.
  'conversation_counts',
]);

/**
 * Asks over HTTP and looks at every statement that reads: none reads a table whole, none sorts, and none reads all that
 * an organization has of something that grows.
 */
export async function plansOf(stage: Stage, path: string, as: Person) {
  const { statements, answer } = await listening(stage, () => stage.call('GET', `/api/${path}`, { as }));
  expect(answer.status, answer.text).toBe(200);
  for (const statement of statements.filter(({ sql }) => !sql.startsWith(directory)))
    await examine(stage, statement, path);
  return { body: answer.body, text: answer.text, statements };
}

/** What `work` reads, over either connection. */
async function listening<T>(stage: Stage, work: () => Promise<T>): Promise<{ statements: Statement[]; answer: T }> {
  const { reader, writer } = stage.tims.installation.storage;
  const statements: Statement[] = [];
  const listen = ({ sql, bindings }: Statement) => {
    if (/^\s*(select|with)\b/i.test(sql)) statements.push({ sql, bindings });
  };
  const connections = new Set([reader, writer]);
  for (const connection of connections) connection.on('query', listen);
  try {
    return { statements, answer: await work() };
  } finally {
    for (const connection of connections) connection.removeListener('query', listen);
  }
}

async function examine(stage: Stage, { sql, bindings }: Statement, path: string): Promise<void> {
  const { reader, dialect } = stage.tims.installation.storage;
  // A raw statement compiles as a built one does, which is all that `explain` asks of it.
  const statement = reader.raw(sql, bindings as string[]) as unknown as Parameters<Dialect['explain']>[1];
  const plan = await dialect.explain(reader, statement);
  const tables = tablesOf(sql);
  const isSmall = tables.every((table) => small.has(table));
  const found = {
    fullScan: plan.fullScan,
    sort: plan.sort && !isSmall && !sortsFew(sql),
    whole: isSmall ? [] : wholeRanges(plan, sql),
    tooMany: dialect.name === 'mysql' ? await readsMore(stage, sql, bindings) : false,
  };
  expect(found, `${path}\n${sql}\n${plan.text}`).toEqual({ fullScan: false, sort: false, whole: [], tooMany: false });
}

function tablesOf(sql: string): string[] {
  return [...sql.matchAll(/\b(?:from|join) [`"](\w+)[`"]/g)].map(([, table]) => table ?? '');
}

/** What is put in order is a range that was cut off before; or what somebody's own conversations hold, to be searched. */
function sortsFew(sql: string): boolean {
  return (
    /^select [^()]* from \(select .* limit \?\) as \S+ .*order by/.test(sql) ||
    /from `search_documents` where .*`conversation_id` in \(.* order by \+doc_key desc limit \?$/.test(sql)
  );
}

/** Ranges that are all that the organization has, where nothing says that the first of them are enough. */
function wholeRanges({ text }: ExplainReport, sql: string): string[] {
  if (/\blimit\b/.test(sql)) return [];
  const ranges = [...text.matchAll(/^SEARCH (\S+) .*\((?:\w+\.)?organization_id=\?\)$/gm)];
  return ranges.filter(([, table]) => !small.has(table ?? '') && !heads.has(table ?? '')).map(([line]) => line);
}

/** The channels of the whole installation, which a server keeps in memory and reads again every other second. */
const directory = 'select * from `channels`';

/** One row an organization. */
const heads = new Set(['organization_heads', 'organization_settings', 'activity_heads']);

/** A server counts what it reads: the statement is run again to see whether it is more than its limits account for. */
async function readsMore(stage: Stage, sql: string, bindings: unknown[]): Promise<string | false> {
  const read = await stage.tims.installation.storage.reader.transaction(async (trx) => {
    const counted = async (): Promise<number> => {
      const [rows]: { Value: string }[][] = await trx.raw("show session status like 'Handler_read%'");
      return (rows ?? []).reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    const before = await counted();
    await trx.raw(sql, bindings as string[]);
    return (await counted()) - before;
  });
  const most = mostOf(bindings);
  return read > most ? `${read} of ${most}` : false;
}

/** A few rows for every value that is looked up, and for each row of a limit: it, its neighbours, and a copy of it. */
function mostOf(bindings: unknown[]): number {
  const limits = bindings.filter((value) => typeof value === 'number' && value > 1 && value <= 10_000) as number[];
  return 500 + 20 * bindings.length + 4 * limits.reduce((sum, limit) => sum + limit, 0);
}
