import { spawnSync } from 'node:child_process';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type Column, table } from '../src/output/table.js';
import { oneLine, safeText } from '../src/output/text.js';
import { ago } from '../src/output/time.js';
import { shortIds } from '../src/short-id.js';
import { newPlace, shim } from './process.js';

const rows = [
  { id: 'a1', name: '陈美玲', text: '你好,请问有没有华文和英文都会的小学补习老师?' },
  { id: 'b2', name: 'Siti 👩‍👩‍👧‍👦', text: 'Assalamualaikum, saya nak cari tutor Matematik untuk anak saya' },
  { id: 'c3', name: 'Ana', text: '' },
];
const columns: Column<(typeof rows)[number]>[] = [
  { title: 'ID', value: ({ id }) => id },
  { title: 'NAME', value: ({ name }) => name },
  { title: 'TEXT', value: ({ text }) => text, flexible: true },
];

test.each([40, 60, 80])('no line is wider than %i columns, and the columns stand below each other', (width) => {
  const lines = table(rows, columns, width).trimEnd().split('\n');
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  const begins = lines.slice(0, 3).map((line) => stringWidth(line.slice(0, line.search(/TEXT|你好|Assalam/))));
  expect(new Set(begins).size).toBe(1);
  expect(lines[2]).toContain('👩‍👩‍👧‍👦');
  expect(lines[2]?.endsWith('…')).toBe(width < 80 || stringWidth(lines[2] ?? '') === width);
});

test('without a terminal nothing is cut', () => {
  for (const { text } of rows) expect(table(rows, columns, Number.POSITIVE_INFINITY)).toContain(text);
});

test('control sequences and direction marks go, line breaks and joined emoji stay', () => {
  expect(safeText('a\u001b[31mred\u001b[0m\u0007\r\nb\u202ec\u009b1md👩‍👧')).toBe('ared\nbcd👩‍👧');
  expect(oneLine('  one\n\ttwo  ')).toBe('one two');
  expect(safeText('\u001b]8;;http://evil\u0007link\u001b]8;;\u0007')).toBe('link');
});

test('times are relative, until they are a date', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  const at = (iso: string) => ago(iso, now);
  expect(at('2026-03-10T11:59:30Z')).toBe('now');
  expect(at('2026-03-10T11:55:00Z')).toBe('5 min ago');
  expect(at('2026-03-10T09:00:00Z')).toBe('3 h ago');
  expect(at('2026-03-08T12:00:00Z')).toBe('2 d ago');
  expect(at('2026-02-01T12:00:00Z')).toBe('2026-02-01');
  expect(ago(null)).toBe('');
});

test('short ids are as long as they must be to differ', () => {
  const short = shortIds(['cnv_01hzy3v9k2e7q8m4n5aabbccdd', 'cnv_01hzy3v9k2e7q8m4n5xxbbccdd']);
  expect(short('cnv_01hzy3v9k2e7q8m4n5aabbccdd')).toBe('abbccdd');
});

test('colours come on a terminal, and not where NO_COLOR is set', async () => {
  const place = newPlace();
  const onTerminal = (env: NodeJS.ProcessEnv) => {
    const command = `${process.execPath} ${shim} doctor`;
    // script(1), which every Linux has, gives the command a terminal.
    const { stdout } = spawnSync('sh', ['-c', `script -qec '${command}' /dev/null`], {
      cwd: place.folder,
      env: { ...place.env, TERM: 'xterm', ...env },
      encoding: 'utf8',
    });
    return stdout;
  };
  expect(onTerminal({ NO_COLOR: '' })).toContain('\u001b[32mok');
  const plain = onTerminal({ NO_COLOR: '1' });
  expect(plain).toContain('ok');
  expect(plain).not.toContain('\u001b[3');
  expect((await place.tims(['doctor'])).stdout).not.toContain('\u001b');
  await place.leave();
});
