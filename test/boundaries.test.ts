import { expect, test } from 'vitest';
import { matches, read, sources } from './source-files.js';

// What the import rules cannot see: who uses what is there without an import.

const readsEnvironment =
  /\bprocess\s*(\.|\?\.)\s*env\b|\bprocess\s*\[|from '(node:)?process'|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/;
const mayReadEnvironment = /^packages\/(server\/src\/(main|worker|env)\.ts$|cli\/|testing\/)/;

const appendsEvent = /\b(ctx|context|tx|work)\s*\.\s*append\s*\(|(?<![.\w])append\s*\(|\bwriteEvents\s*\(/;
const mayAppendEvent = /^packages\/core\/src\/(features\/[^/]+\/actions[^/]*\.ts$|pipeline\/|database\/)/;

const runsSql =
  /\b(trx|knex)\s*(<[^>]*>)?\s*\(\s*['"`]|\b(trx|knex)\s*\.\s*(raw|select|insert|from|with|withRecursive|schema)\b/;
const mayRunSql =
  /^(packages\/core\/src\/(features\/[^/]+\/repository[^/]*\.ts$|pipeline\/|database\/)|packages\/testing\/|plugins\/storage-)/;

const notFromEnvironment = (path: string, text: string) =>
  mayReadEnvironment.test(path) ? [] : matches(path, text, readsEnvironment);
const notAppended = (path: string, text: string) =>
  mayAppendEvent.test(path) ? [] : matches(path, text, appendsEvent);
const misplacedSql = (path: string, text: string) => (mayRunSql.test(path) ? [] : matches(path, text, runsSql));

test('only main.ts, worker.ts and env.ts of the server and the command read the environment', () => {
  expect(sources().flatMap((path) => notFromEnvironment(path, read(path)))).toEqual([]);
});

test('only actions.ts and pipeline/ append events', () => {
  expect(sources().flatMap((path) => notAppended(path, read(path)))).toEqual([]);
});

test('SQL stands in database/, repositories and pipeline/', () => {
  expect(sources().flatMap((path) => misplacedSql(path, read(path)))).toEqual([]);
});

test.each(["await ctx.trx('outbox').insert(row);", "trx<Row>('tags')", "return trx.raw('select 1');"])(
  'SQL elsewhere is seen: %s',
  (text) => {
    expect(misplacedSql('packages/core/src/features/tags/actions.ts', text)).toHaveLength(1);
    expect(misplacedSql('packages/core/src/features/tags/repository-search.ts', text)).toEqual([]);
  },
);

test.each([
  'const a = process.env.TIMS_PORT;',
  "const a = process\n  ['env'];".replace('\n  ', ''),
  "import { env } from 'node:process';",
  'const { env } = process;',
])('a read of the environment is seen: %s', (text) => {
  expect(notFromEnvironment('packages/core/src/installation.ts', text)).toEqual([
    'packages/core/src/installation.ts:1',
  ]);
});

test.each(["ctx.append({ type: 'tag.added' });", "append({ type: 'tag.added' });", 'await writeEvents(trx, events);'])(
  'an event appended elsewhere is seen: %s',
  (text) => {
    const path = 'packages/core/src/features/tags/repository.ts';
    expect(notAppended(path, `// ctx.append( in a comment is none\n${text}`)).toEqual([`${path}:2`]);
  },
);

test('what may do it, and what only looks like it, is let be', () => {
  expect(notAppended('packages/core/src/features/tags/actions.ts', 'ctx.append(event);')).toEqual([]);
  expect(notAppended('packages/sdk/src/upload.ts', 'form.append(name, file);')).toEqual([]);
  expect(notFromEnvironment('packages/server/src/env.ts', 'process.env.TIMS_PORT')).toEqual([]);
});
