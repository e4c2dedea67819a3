import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = new URL('../dist/', import.meta.url);

function firstLoad(): Buffer[] {
  const page = readFileSync(fileURLToPath(new URL('index.html', dist)), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  return scripts.map((path) => readFileSync(fileURLToPath(new URL(path, dist))));
}

it('loads no more than 250 kB of JavaScript, gzipped, before the inbox is there', () => {
  const sizes = firstLoad().map((script) => gzipSync(script).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250_000);
});

it('loads the administration, what draws QR codes and what erases somebody when somebody goes there', () => {
  const text = firstLoad().join('');
  expect(text).toContain('Canned responses');
  expect(text).not.toContain('Each row vouches for the one before it');
  expect(text).not.toContain('QR code for your authenticator app');
  expect(text).not.toContain('Drop a CSV file here');
  expect(text).not.toContain('Nothing brings it back.');
});
