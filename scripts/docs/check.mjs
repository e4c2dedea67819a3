import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { siteFolder } from './site.mjs';

/**
 * What is wrong with the built site: VitePress itself looks for missing pages in the text, not for missing places on
 * them, nor at its own menus.
 *
 * @param {string} root
 * @returns {string[]} a line each
 */
export function problemsOf(root) {
  const folder = join(root, siteFolder);
  const pages = filesBelow(folder).filter((file) => file.endsWith('.html'));
  const styles = filesBelow(folder).filter((file) => file.endsWith('.css'));
  return [
    ...pages.flatMap((page) => pageProblems(folder, page)),
    ...styles.flatMap((file) => otherHosts(folder, file, /url\(\s*["']?((?:https?:)?\/\/[^)"']+)/g)),
  ];
}

function pageProblems(/** @type {string} */ folder, /** @type {string} */ page) {
  const html = readFileSync(page, 'utf8');
  const links = [...new Set([...html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map((match) => match[1] ?? ''))];
  const dead = links.filter(
    (link) => (link.startsWith('/') || link.startsWith('#')) && !leadsSomewhere(folder, page, link),
  );
  const missing = html.match(/Code snippet path not found: [^<]*/g) ?? [];
  return [
    ...missing.map((text) => `${relative(folder, page)}: ${text}`),
    ...dead.map((link) => `${relative(folder, page)}: ${link} leads nowhere`),
    ...otherHosts(folder, page, /<(?:script|img|link|iframe)\s[^>]*?(?:src|href)="((?:https?:)?\/\/[^"]+)"/g),
  ];
}

function leadsSomewhere(/** @type {string} */ folder, /** @type {string} */ page, /** @type {string} */ link) {
  const [path = '', hash = ''] = link.split('#');
  const target =
    path === ''
      ? page
      : [path, `${path}.html`, join(path, 'index.html')].map((name) => join(folder, name)).find(isFile);
  if (target === undefined) return false;
  return hash === '' || readFileSync(target, 'utf8').includes(`id="${decodeURIComponent(hash)}"`);
}

function otherHosts(/** @type {string} */ folder, /** @type {string} */ file, /** @type {RegExp} */ pattern) {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map(
    (match) => `${relative(folder, file)}: asks another host for ${match[1]}`,
  );
}

const isFile = (/** @type {string} */ path) => existsSync(path) && statSync(path).isFile();

/** @returns {string[]} */
function filesBelow(/** @type {string} */ folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
