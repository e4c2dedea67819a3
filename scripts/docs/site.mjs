import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { phase } from '../setup/phase.mjs';

/** Where the built site is, from the root. */
export const siteFolder = 'docs/.vitepress/dist';

/** What the site is made of, beside docs/ itself. */
const sources = ['docs', 'packages/sdk/openapi.json', 'examples'];
const notSources = new Set(['node_modules', 'dist', 'cache', 'test']);

/**
 * @param {string} root
 * @returns {Promise<boolean>} false when it does not build; why is printed
 */
export function buildSite(root) {
  const vitepress = join(root, 'docs/node_modules/vitepress/bin/vitepress.js');
  return phase('Building the documentation', [process.execPath, vitepress, 'build', 'docs'], { cwd: root });
}

/** @returns {boolean} whether nothing of it changed since it was built */
export function siteIsFresh(/** @type {string} */ root) {
  const built = statSync(join(root, siteFolder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return built > 0 && sources.every((source) => newest(join(root, source)) < built);
}

/** @returns {number} when something at or below this path changed last */
function newest(/** @type {string} */ path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const below = readdirSync(path).filter((name) => !notSources.has(name));
  return below.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
