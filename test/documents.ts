import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { filesBelow, read, root } from './source-files.js';

export interface Snippet {
  /** The document it stands in. */
  path: string;
  /** Of the opening fence. */
  line: number;
  language: string;
  /** What stands behind the language, e.g. `no-run="needs a number"`. */
  info: string;
  code: string;
}

/** README.md and everything under docs/, as far as they exist. */
export function documents(): string[] {
  return [...(existsSync(join(root, 'README.md')) ? ['README.md'] : []), ...filesBelow('docs')].filter((path) =>
    path.endsWith('.md'),
  );
}

/** The fenced blocks of all documents in one of the languages. */
export function snippets(...languages: string[]): Snippet[] {
  return documents()
    .flatMap((path) => fences(path, read(path)))
    .filter((snippet) => languages.includes(snippet.language));
}

/** The fenced blocks of one document. */
export function fences(path: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  let open: (Snippet & { fence: string }) | undefined;
  text.split('\n').forEach((line, index) => {
    const fence = /^\s*(```+)\s*(\S*) *(.*)/.exec(line);
    if (open && fence?.[1] === open.fence) {
      const { fence: _fence, ...snippet } = open;
      found.push(snippet);
      open = undefined;
    } else if (open) {
      open.code += `${line}\n`;
    } else if (fence) {
      const [, marks = '', language = '', info = ''] = fence;
      open = { path, line: index + 1, language, info, code: '', fence: marks };
    }
  });
  return found;
}

/**
 * Names of repository files in backticks that do not exist, and relative links that lead nowhere, as
 * `document:line name`.
 *
 * @param exists whether a path from the root exists
 */
export function brokenPaths(path: string, text: string, exists = inRepository): string[] {
  return text.split('\n').flatMap((line, index) => {
    const named = [...line.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '').filter(looksLikeRepositoryPath);
    const linked = [...line.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter(isRelative);
    return [
      ...named.filter((name) => !exists(name)),
      ...linked.filter((link) => !exists(join(dirname(path), link.replace(/[#?].*$/, '')))),
    ].map((name) => `${path}:${index + 1} ${name}`);
  });
}

const folders = ['packages', 'plugins', 'examples', 'docs', 'scripts', 'test', 'bench', 'faults', 'specs', '.ci'];

/** `packages/sdk/openapi.json` is one; `packages/<name>/src`, `plugins/*` and `GET /docs` are patterns or none. */
function looksLikeRepositoryPath(name: string): boolean {
  if (/[<>*{}$()…]/.test(name)) return false;
  return folders.some((folder) => name.startsWith(`${folder}/`));
}

function isRelative(link: string): boolean {
  return !/^([a-z][a-z0-9+.-]*:|#|\/)/i.test(link);
}

function inRepository(path: string): boolean {
  // What is built is not there in a fresh clone, and a document may name it all the same.
  return /(^|\/)dist(\/|$)/.test(path) || existsSync(join(root, normalize(path)));
}
