import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { clean, cleanLine } from '../../src/inbox/text/clean.js';
import { dayName, shortAge, span } from '../../src/inbox/text/clock.js';
import { edits, emptyField, fieldOf, insert, layField, moveRow } from '../../src/inbox/text/field.js';
import { cut, fit, graphemesOf, widthOf } from '../../src/inbox/text/width.js';
import { wrap, wrapLines } from '../../src/inbox/text/wrap.js';

const samples = [
  '你好,请问有没有华文和英文都会的小学补习老师?',
  'Siti 👩‍👩‍👧‍👦 and ❤️ and 🇲🇾 and 1️⃣',
  'नमस्ते दुनिया, สวัสดีชาวโลก, مرحبا بالعالم',
  'e\u0301 with a mark that stands by itself',
  'x'.repeat(100),
  '',
];

describe('widths', () => {
  test.each(samples)('%s is cut, filled and wrapped to any width, without breaking a grapheme', (text) => {
    for (const width of [1, 2, 5, 17, 40]) {
      expect(widthOf(cut(text, width))).toBeLessThanOrEqual(Math.max(width, 1));
      if (width > 1) expect(widthOf(fit(text, width))).toBe(width);
      for (const line of wrap(text, Math.max(2, width)))
        expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(2, width));
    }
    const whole = [...graphemesOf(text)];
    const wrapped = wrapLines(text, 10).flatMap((line) => [...graphemesOf(line.text)]);
    expect(wrapped).toEqual(whole);
  });

  test('lines break after spaces, between wide characters, and where they must', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('你好你好', 5)).toEqual(['你好', '你好']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('a\n\nb', 9)).toEqual(['a', '', 'b']);
  });

  test('20,000 characters are wrapped in no time', () => {
    const started = performance.now();
    expect(wrap('lorem ipsum 你好 '.repeat(1_400), 50).length).toBeGreaterThan(400);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('what customers write loses its sequences, its direction marks and its towers of accents', () => {
  expect(clean('\u001b]0;x\u0007a\u001b[2Jb\u009b31m\u202ec\u2066d\r\ne\u0000')).toBe('abcd\ne');
  expect(cleanLine(' a \n b\u001b[1m ')).toBe('a b');
  expect([...clean(`z${'\u0301'.repeat(50)}`)].length).toBe(7);
  expect(clean('👩‍👩‍👧‍👦 é نص')).toBe('👩‍👩‍👧‍👦 é نص');
});

describe('a field', () => {
  test('is edited by graphemes, words and lines', () => {
    const typed = insert(insert(emptyField, 'hello 👩‍👧'), '!');
    expect(edits.left(edits.left(typed)).cursor).toBe('hello '.length);
    expect(edits['delete-back'](edits.left(typed)).text).toBe('hello !');
    expect(edits['delete-word'](fieldOf('one two ')).text).toBe('one ');
    expect(edits['word-left'](fieldOf('one two')).cursor).toBe(4);
    expect(edits['word-right']({ text: 'one two', cursor: 0 }).cursor).toBe(3);
    expect(edits['line-start'](fieldOf('a\nbc')).cursor).toBe(2);
    expect(edits['line-end']({ text: 'ab\nc', cursor: 0 }).cursor).toBe(2);
    expect(edits['delete-to-start'](fieldOf('a\nbc'))).toEqual({ text: 'a\n', cursor: 2 });
    expect(edits['delete-to-end']({ text: 'ab\nc', cursor: 1 }).text).toBe('a\nc');
    expect(edits['delete-forward']({ text: '👩‍👧b', cursor: 0 }).text).toBe('b');
    expect(edits.left(emptyField)).toEqual(emptyField);
    expect(edits.right(fieldOf('a')).cursor).toBe(1);
  });

  test('knows the row and column of its cursor, and moves it between rows', () => {
    const field = fieldOf('one two three\n你好');
    expect(layField(field, 9)).toMatchObject({ lines: ['one two ', 'three', '你好'], row: 2, column: 4 });
    const up = moveRow(field, 9, -1);
    expect(layField(up, 9)).toMatchObject({ row: 1, column: 4 });
    expect(layField(moveRow(up, 9, -1), 9)).toMatchObject({ row: 0, column: 4 });
    expect(moveRow(field, 9, 1).cursor).toBe(field.text.length);
  });

  test('the cursor is inside for every place in every width', () => {
    for (const text of samples) {
      for (const width of [4, 9, 30]) {
        let field = { text, cursor: 0 };
        for (;;) {
          const { lines, row, column } = layField(field, width);
          expect(row).toBeLessThan(lines.length);
          expect(column).toBeLessThan(width);
          const next = edits.right(field);
          if (next.cursor === field.cursor) break;
          field = next;
        }
        expect(field.cursor).toBe(text.length);
      }
    }
  });
});

test('ages and days are short', () => {
  const now = new Date(2026, 2, 10, 12).getTime();
  const ago = (ms: number) => shortAge(new Date(now - ms).toISOString(), now);
  expect([
    ago(5_000),
    ago(240_000),
    ago(3 * 3_600_000),
    ago(50 * 3_600_000),
    ago(40 * 86_400_000),
    ago(-99_000),
  ]).toEqual(['now', '4m', '3h', '2d', '5w', 'now']);
  expect(shortAge(null, now)).toBe('');
  expect([span(12_000), span(240_000), span(10_800_000), span(260_000_000)]).toEqual([
    '12 s',
    '4 min',
    '3 h',
    '3 days',
  ]);
  const day = (date: Date) => dayName(date.toISOString(), now);
  expect(day(new Date(2026, 2, 10, 1))).toBe('Today');
  expect(day(new Date(2026, 2, 9, 23))).toBe('Yesterday');
  expect(day(new Date(2026, 2, 2))).toBe('Monday 2 March');
  expect(day(new Date(2025, 11, 31))).toBe('Wednesday 31 December 2025');
});
