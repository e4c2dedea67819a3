import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemsOf } from '../scripts/docs/check.mjs';
import { serve } from '../scripts/docs/serve.mjs';
import { siteFolder, siteIsFresh } from '../scripts/docs/site.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tims-docs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const page = (path: string, html: string) => write(`${siteFolder}/${path}`, html);

describe('the server of the documentation', () => {
  /** As it is written: `fetch` would tidy the path. */
  const get = (address: string, path: string) =>
    new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
      const { port } = new URL(address);
      const sent = request({ host: '127.0.0.1', port, path }, (answer) => {
        let text = '';
        answer.on('data', (part) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode, type: answer.headers['content-type'], text }));
      });
      sent.on('error', reject).end();
    });

  test('finds pages without their ending, and says so where there is none', async () => {
    page('index.html', 'first');
    page('api/index.html', 'overview');
    page('api/users.html', 'users');
    page('404.html', 'no such page');
    write('docs/.vitepress/secret.html', 'secret');
    const site = await serve(root, 0);
    const seen = async (path: string) => {
      const { status, text } = await get(site.address, path);
      return `${status} ${text}`;
    };
    expect(await seen('/')).toBe('200 first');
    expect(await seen('/api/')).toBe('200 overview');
    expect(await seen('/api/users?a=b')).toBe('200 users');
    expect(await get(site.address, '/api/users.html')).toMatchObject({ type: 'text/html; charset=utf-8' });
    for (const path of ['/nothing', '/../secret.html', '/%2e%2e%2fsecret.html', '/..%5csecret', '/%00', '/%zz']) {
      expect(await seen(path), path).toBe('404 no such page');
    }
    site.close();
  });

  test('refuses a port that is taken', async () => {
    const first = await serve(root, 0);
    await expect(serve(root, Number(new URL(first.address).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    first.close();
  });
});

test('the site is built anew when a page changed, and only then', () => {
  write('docs/page.md', '# Page');
  expect(siteIsFresh(root)).toBe(false);
  page('index.html', '');
  const [before, after] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  utimesSync(join(root, 'docs/page.md'), before, before);
  expect(siteIsFresh(root)).toBe(true);
  utimesSync(join(root, 'docs/page.md'), after, after);
  expect(siteIsFresh(root)).toBe(false);
});

test('links that lead nowhere, other hosts and missing snippets are found', () => {
  page('index.html', '<a href="/a">1</a><a href="/a#part">2</a><a href="/api/">3</a><a href="https://x.org">4</a>');
  page('a.html', '<h2 id="part">Part</h2><a href="#part">5</a>');
  page('api/index.html', '<img src="/logo.svg">');
  expect(problemsOf(root)).toEqual([]);

  page('b.html', '<a href="/gone">1</a><a href="/a#gone">2</a><a href="#gone">3</a>Code snippet path not found: /x.ts');
  page('c.html', '<script src="https://cdn.example.com/x.js"></script>');
  page('assets/style.css', '@font-face { src: url("//fonts.example.com/a.woff2") }');
  expect(problemsOf(root).sort()).toEqual([
    'assets/style.css: asks another host for //fonts.example.com/a.woff2',
    'b.html: #gone leads nowhere',
    'b.html: /a#gone leads nowhere',
    'b.html: /gone leads nowhere',
    'b.html: Code snippet path not found: /x.ts',
    'c.html: asks another host for https://cdn.example.com/x.js',
  ]);
});
