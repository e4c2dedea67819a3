import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the web inbox is built from. */
const inputs = [
  'index.html',
  'package.json',
  'vite.config.ts',
  'src',
  'public',
  '../../packages/sdk/src',
  '../../pnpm-lock.yaml',
];

/** Vite's command, to be run in the root. */
export const webInboxCommand = [
  process.execPath,
  'examples/web-inbox/node_modules/vite/bin/vite.js',
  'build',
  'examples/web-inbox',
  '--logLevel=warn',
];

/** Whether something that it is built from changed since it was built: Vite itself builds everything each time. */
export function isWebInboxStale(/** @type {string} */ root) {
  const folder = join(root, 'examples/web-inbox');
  const page = join(folder, 'dist/index.html');
  return !existsSync(page) || inputs.some((input) => newest(join(folder, input)) > statSync(page).mtimeMs);
}

/** @returns {number} when the newest file below was written, in epoch milliseconds; 0 where there is none */
function newest(/** @type {string} */ path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  // A folder's own time tells of files that were removed or renamed.
  const below = stat.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...below);
}
