import { readFileSync } from 'node:fs';
import { errorCatalogue, permissions, roles } from '@tims/core';
import { describe, expect, it } from 'vitest';

/** The rows of all tables of a page under docs/, as texts without backticks; header lines are left out. */
function rowsOf(page: string): string[][] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines
    .filter((line, index) => !/^\|[ -]+\|/.test(line) && !/^\|[ -]+\|/.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const bare = (cell = '') => cell.replace(/^`(.*)`$/, '$1');

describe('docs/errors.md', () => {
  const rows = rowsOf('errors.md');

  it('has every error once, and no other', () => {
    expect(rows.map(([code]) => bare(code)).sort()).toEqual(Object.keys(errorCatalogue).sort());
  });

  it.each(Object.entries(errorCatalogue))('says of %s what the server says', (code, { status, title, help }) => {
    const [, documented, what, mend] = rows.find(([name]) => bare(name) === code) ?? [];
    expect(documented).toBe(String(status));
    expect(what?.startsWith(`${title}. `)).toBe(true);
    expect(mend).toBe(help);
  });
});

describe('docs/roles.md', () => {
  const rows = rowsOf('roles.md');
  const ranks = rows.filter((row) => row.length === 3);
  const grants = rows.filter((row) => row.length === 7);

  it('has every role, with its rank and name', () => {
    expect(ranks.map(([key, rank]) => `${bare(key)} ${rank}`)).toEqual(roles.map(({ key, rank }) => `${key} ${rank}`));
    for (const { key, name } of roles) {
      expect(ranks.find(([role]) => bare(role) === key)?.[2]?.startsWith(name), key).toBe(true);
    }
  });

  it('has every permission, and no other', () => {
    expect(grants.map(([permission]) => bare(permission))).toEqual([...permissions]);
  });

  it.each(permissions)('says who holds %s, and where', (permission) => {
    const [, ...cells] = grants.find(([name]) => bare(name) === permission) ?? [];
    expect(cells.slice(0, 5)).toEqual(roles.map(({ grants: held }) => held[permission] ?? '–'));
    expect(cells[5]?.length).toBeGreaterThan(5);
  });
});
