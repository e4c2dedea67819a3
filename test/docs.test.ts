import { expect, test } from 'vitest';
import { brokenPaths, documents, fences, snippets } from './documents.js';
import { read } from './source-files.js';

test('the documents name and link only what exists', () => {
  expect(documents().flatMap((path) => brokenPaths(path, read(path)))).toEqual([]);
});

test('shell and TypeScript snippets are no empty fences', () => {
  expect(snippets('sh', 'ts').filter((snippet) => snippet.code.trim() === '')).toEqual([]);
});

test('a path that does not exist is found, in backticks and in links', () => {
  const text = 'See `packages/core/src/gone.ts`.\nAnd [this](gone.md#part), [that](../packages/gone).';
  expect(brokenPaths('docs/page.md', text)).toEqual([
    'docs/page.md:1 packages/core/src/gone.ts',
    'docs/page.md:2 gone.md#part',
    'docs/page.md:2 ../packages/gone',
  ]);
});

test('what exists, patterns, addresses and routes are let be', () => {
  const text =
    '`packages/core/package.json` `plugins/*/src` `/docs` `npm test` [a](../package.json) [b](https://x.org) [c](#d)';
  expect(brokenPaths('docs/page.md', text)).toEqual([]);
});

test('fences are listed with their language and place', () => {
  const text = 'Do:\n\n```sh no-run="why"\nnpm start\n```\n\n````md\n```ts\n````\n';
  expect(fences('README.md', text)).toEqual([
    { path: 'README.md', line: 3, language: 'sh', info: 'no-run="why"', code: 'npm start\n' },
    { path: 'README.md', line: 7, language: 'md', info: '', code: '```ts\n' },
  ]);
});
