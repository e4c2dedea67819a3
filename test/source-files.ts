import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const unread = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache']);

/** All files below a folder of the repository, as paths from its root, without what is installed or built. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (unread.has(name)) return [];
    return statSync(join(root, path)).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Source files of the packages and plugins: what ships. */
export function sources(): string[] {
  return ['packages', 'plugins'].flatMap(filesBelow).filter((path) => /^[^/]+\/[^/]+\/src\/.*\.tsx?$/.test(path));
}

/** A place in a file where `pattern` matches code, as `path:line`. Comments do not count. */
export function matches(path: string, text: string, pattern: RegExp): string[] {
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : []));
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Keeps the lines where they are. Good enough for a search: a string that holds `//` after a space is cut as well. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '$1');
}
