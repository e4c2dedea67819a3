import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { acts } from '../../src/inbox/acts/acts.js';
import { keyNamed, nearest, nearestKey } from '../../src/inbox/keys/key-names.js';
import { createKeymap, keyLabel } from '../../src/inbox/keys/keymap.js';
import { type Binding, table } from '../../src/inbox/keys/table.js';
import { helpLines } from '../../src/inbox/view/help-lines.js';
import { lineWidth } from '../../src/inbox/view/line.js';

const complaint = (chosen: unknown): string => {
  try {
    createKeymap(chosen, 'config.json');
  } catch (error) {
    return error instanceof Error ? `${error.message} ${'help' in error ? error.help : ''}` : '';
  }
  return '';
};

describe('the key table', () => {
  test('has one entry for every act, each with something that does it', () => {
    const names = table.map(({ act }) => act);
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(Object.keys(acts).sort());
  });

  test('names keys as they are named, and no key twice in one place', () => {
    for (const { keys } of table as readonly Binding[]) for (const key of keys) expect(keyNamed(key), key).toBe(key);
    expect(() => createKeymap()).not.toThrow();
  });

  test('the help is drawn from it: each act with its keys, at every width', () => {
    for (const width of [40, 80, 120]) {
      const lines = helpLines(createKeymap({ take: 'ctrl+t' }), width);
      for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
      const text = lines.map((line) => line.map((part) => part.text).join('')).join('\n');
      expect(text).toContain('Ctrl+T');
      for (const { does } of table) expect(text).toContain(does.slice(0, 12));
    }
  });
});

test('docs/terminal-inbox.md names keys that do something, and what a team does most has its row', () => {
  const text = readFileSync(new URL('../../../../docs/terminal-inbox.md', import.meta.url), 'utf8');
  const [, daily = ''] = text.split('## Keys');
  const rows = [...(daily.split('## With colleagues')[0] ?? '').matchAll(/^\| ((?:`[^`]+`[ ,…]*)+)\|/gm)];
  const keys = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key));
  const keymap = createKeymap();
  for (const key of keys) {
    const name = keyNamed(key) ?? '';
    expect(keymap.find('list', name) ?? keymap.find('thread', name), key).toBeDefined();
  }
  for (const act of ['note', 'tag', 'canned', 'remind', 'transfer', 'search', 'notifications', 'mark', 'pend'] as const)
    expect(keys).toContain(table.find((one) => one.act === act)?.keys[0]);
});

describe('keys of one’s own', () => {
  test('replace the usual ones, and take the key from what had it', () => {
    const keymap = createKeymap({ take: ['T', 'ctrl+t'], reply: 'c', quit: [] });
    expect(keymap.find('list', 'T')).toBe('take');
    expect(keymap.find('thread', 'ctrl+t')).toBe('take');
    expect(keymap.find('list', 't')).toBeUndefined();
    expect(keymap.find('list', 'r')).toBeUndefined();
    expect(keymap.keyOf('quit')).toBe('');
    const given = createKeymap({ take: 'a' });
    expect(given.find('list', 'a')).toBe('take');
    expect(given.keyOf('assign')).toBe('');
  });

  test('are left alone where they are pressed in other places', () => {
    expect(createKeymap({ take: 'ctrl+w' }).find('write', 'ctrl+w')).toBe('delete-word');
  });

  test('are told when they are wrong, with the nearest right name', () => {
    expect(complaint({ tkae: 't' })).toBe(
      'config.json: inbox.keys names "tkae", which is nothing that can be done. Did you mean "take"?',
    );
    expect(complaint({ take: 'crtl+t' })).toContain('Did you mean "ctrl+t"?');
    expect(complaint({ take: 'pgup' })).toContain('Did you mean "pageup"?');
    expect(complaint({ take: 7 })).toContain('names the key 7');
    expect(complaint([])).toContain('is no object');
    expect(complaint({ take: 'x', reply: 'x' })).toContain('gives the key "x" to');
    expect(complaint({ frobnicate: 'x' })).toContain('docs/terminal-inbox.md');
  });

  test.each([
    ['Ctrl+T', 'ctrl+t'],
    ['alt+ctrl+x', 'ctrl+alt+x'],
    ['PageUp', 'pageup'],
    ['R', 'R'],
    ['ctrl++', 'ctrl++'],
    ['+', '+'],
    ['hyper+x', undefined],
    ['ctrl+ctrl+x', undefined],
    ['', undefined],
  ])('%s is read as %s', (given, expected) => {
    expect(keyNamed(given)).toBe(expected);
  });

  test('labels and near words', () => {
    expect([keyLabel('ctrl+l'), keyLabel('R'), keyLabel('pageup'), keyLabel('alt+enter'), keyLabel('+')]).toEqual([
      'Ctrl+L',
      'R',
      'PgUp',
      'Alt+Enter',
      '+',
    ]);
    expect(nearest('asign', ['assign', 'close'])).toBe('assign');
    expect(nearest('zzzzzz', ['assign', 'close'])).toBeUndefined();
    expect(nearestKey('contrl+x')).toBe('ctrl+x');
  });
});
