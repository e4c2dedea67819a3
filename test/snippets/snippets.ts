import { readDocument } from '../../docs/.vitepress/api/document.js';
import { apiPages } from '../../docs/.vitepress/api/pages.js';
import { documents, fences, type Snippet } from '../documents.js';
import { read } from '../source-files.js';

/**
 * What becomes of a block of code in the documents. Its language and what stands behind it decide:
 *
 * - `sh`, `ts`: run against a demo server, the blocks of a page in their order as one program;
 * - `sh until="text"`: run until it has printed that, for what never ends by itself;
 * - `ts check="why"`, `tsx check="why"`: type-checked only, and why it is not run;
 * - `json schema="Name"`: compared with a schema of the API, or what an operation answers, or the inbox's own keys;
 * - `… no-run="why"`: neither, and why.
 */
export type Treatment = 'run' | 'until' | 'check' | 'compare' | 'none' | 'prose';

/** @throws when the block is code and nobody would notice if it were wrong. */
export function treatmentOf(snippet: Snippet): Treatment {
  const { language, path, line } = snippet;
  if (['', 'text'].includes(language)) return 'prose';
  if (attribute(snippet, 'no-run')) return 'none';
  if (language === 'sh') return attribute(snippet, 'until') ? 'until' : 'run';
  if (language === 'ts' || language === 'tsx') {
    if (attribute(snippet, 'check')) return 'check';
    if (language === 'ts') return exportsSomething(snippet) ? 'check' : 'run';
  }
  if (language === 'json' && attribute(snippet, 'schema')) return 'compare';
  throw new Error(`${path}:${line} \`\`\`${language} is neither run nor checked: say how (test/snippets/snippets.ts)`);
}

/** The value of `name="value"` behind the language. */
export function attribute({ info }: Snippet, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]+)"`).exec(info)?.[1];
}

/** Every block of every document, by page; those of the API reference too, which is written when the site is built. */
export function pagesWithSnippets(): { path: string; snippets: Snippet[] }[] {
  const written = documents().map((path) => ({ path, text: read(path) }));
  const api = apiPages(readDocument()).map(({ tag, markdown }) => ({ path: `docs/api/${tag}.md`, text: markdown }));
  return [...written, ...api].map(({ path, text }) => ({ path, snippets: fences(path, text) }));
}

/** A module of its own: nothing can be exported from within a program. */
export const exportsSomething = ({ code }: Snippet) => /^export /m.test(code);

/**
 * The blocks of a page as one program. Each stands in the scope of the one before: it sees what that declared, and may
 * declare the same name anew. Imports stand at the top, each once.
 */
export function programOf(snippets: readonly Pick<Snippet, 'code'>[]): string {
  const isImport = /^import [^;]+;$/gm;
  const imports = new Set(snippets.flatMap(({ code }) => code.match(isImport) ?? []));
  const bodies = snippets.map(({ code }) => code.replace(isImport, ''));
  return [...imports, ...bodies.map((body) => `{\n${body}`), '}'.repeat(bodies.length), 'export {};'].join('\n');
}
