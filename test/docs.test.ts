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

test('docs/web-inbox.md has the keys of the web inbox, and no other', async () => {
  // A browser's file: its types are checked with the web inbox.
  const file: string = '../examples/web-inbox/src/inbox-kit/keys.js';
  const { keyTable }: { keyTable: { keys: string[]; title: string }[] } = await import(file);
  const rows = [...read('docs/web-inbox.md').matchAll(/^\| (`.*?) +\| (.*?) +\|$/gm)].map(([, keys, title]) => [
    keys,
    title,
  ]);
  expect(rows).toEqual(keyTable.map(({ keys, title }) => [keys.map(shownKeys).join(' or '), title]));
});

const names: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

/** `g m` is two presses, `shift+u` two keys at once. */
function shownKeys(keys: string): string {
  const presses = keys.split(' ').map((press) => press.split('+').map((key) => names[key] ?? key));
  return presses.map((press) => `\`${press.join(' ')}\``).join(' then ');
}
