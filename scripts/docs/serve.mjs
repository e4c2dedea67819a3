import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { siteFolder } from './site.mjs';

const types = /** @type {Record<string, string>} */ ({
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
});

/**
 * Serves the built site to this machine alone.
 *
 * @param {string} root
 * @param {number} port 0 takes a free one
 * @returns {Promise<{address: string, close: () => void}>}
 */
export function serve(root, port) {
  const folder = join(root, siteFolder);
  const server = createServer((request, response) => {
    const file = fileOf(folder, request.url ?? '/');
    const shown = file ?? join(folder, '404.html');
    response.writeHead(file ? 200 : 404, {
      'content-type': types[extname(shown)] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    createReadStream(shown)
      .on('error', () => response.destroy())
      .pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const taken = typeof address === 'object' && address ? address.port : port;
      resolve({ address: `http://127.0.0.1:${taken}`, close: () => server.close() });
    });
  });
}

/** `/quick-start` is quick-start.html; nothing beside the folder is anything. @returns {string | undefined} */
function fileOf(/** @type {string} */ folder, /** @type {string} */ url) {
  const path = pathOf(url);
  if (path === undefined) return undefined;
  const names = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
  return names
    .map((name) => join(folder, name))
    .find((name) => name.startsWith(folder + sep) && statSync(name, { throwIfNoEntry: false })?.isFile());
}

/** @returns {string | undefined} undefined where it cannot be decoded, or holds a zero byte */
function pathOf(/** @type {string} */ url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://site').pathname);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}
