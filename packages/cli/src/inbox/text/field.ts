import { widthOf } from './width.js';
import { wrapLines } from './wrap.js';

/** A text that is being written, and where the cursor stands in it. */
export interface Field {
  readonly text: string;
  /** In UTF-16 units, always between two graphemes. */
  readonly cursor: number;
}

export const emptyField: Field = { text: '', cursor: 0 };

export function fieldOf(text: string): Field {
  return { text, cursor: text.length };
}

/** How a text is changed with keys; the names stand in the key table. */
export const edits = {
  left: (field) => ({ ...field, cursor: before(field) }),
  right: (field) => ({ ...field, cursor: after(field) }),
  'word-left': (field) => ({ ...field, cursor: wordBefore(field) }),
  'word-right': (field) => ({ ...field, cursor: wordAfter(field) }),
  'line-start': (field) => ({ ...field, cursor: lineStart(field) }),
  'line-end': (field) => ({ ...field, cursor: lineEnd(field) }),
  'delete-back': (field) => cutOut(field, before(field), field.cursor),
  'delete-forward': (field) => cutOut(field, field.cursor, after(field)),
  'delete-word': (field) => cutOut(field, wordBefore(field), field.cursor),
  'delete-to-start': (field) => cutOut(field, lineStart(field), field.cursor),
  'delete-to-end': (field) => cutOut(field, field.cursor, lineEnd(field)),
} as const satisfies Record<string, (field: Field) => Field>;

export type Edit = keyof typeof edits;

export function insert({ text, cursor }: Field, piece: string): Field {
  return { text: text.slice(0, cursor) + piece + text.slice(cursor), cursor: cursor + piece.length };
}

/** The field as lines of at most `width` columns, and the row and column of the cursor. */
export function layField(field: Field, width: number): { lines: string[]; row: number; column: number } {
  // The cursor after the last character needs a column of its own.
  const lines = wrapLines(field.text, width - 1);
  const found = lines.findIndex(
    (line, index) => field.cursor <= line.end && field.cursor < startAfter(lines[index + 1]),
  );
  const row = found === -1 ? lines.length - 1 : found;
  const line = lines[row];
  const column = line ? Math.min(width - 1, widthOf(line.text.slice(0, field.cursor - line.start))) : 0;
  return { lines: lines.map(({ text }) => text), row, column };
}

/** The cursor a line further up or down, as near to its column as that line goes. */
export function moveRow(field: Field, width: number, by: 1 | -1): Field {
  const lines = wrapLines(field.text, width - 1);
  const { row, column } = layField(field, width);
  const target = lines[row + by];
  if (!target) return { ...field, cursor: by < 0 ? 0 : field.text.length };
  let cursor = target.start;
  for (const { segment } of segmenter.segment(target.text)) {
    if (widthOf(target.text.slice(0, cursor - target.start) + segment) > column) break;
    cursor += segment.length;
  }
  const last = lines[row + by + 1] ? target.end - (target.end === startAfter(lines[row + by + 1]) ? 1 : 0) : target.end;
  return { ...field, cursor: Math.min(cursor, last) };
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function startAfter(line: { start: number } | undefined): number {
  return line?.start ?? Number.POSITIVE_INFINITY;
}

function before({ text, cursor }: Field): number {
  // Far enough back for any one grapheme.
  const from = Math.max(0, cursor - 64);
  const last = [...segmenter.segment(text.slice(from, cursor))].at(-1);
  return last ? from + last.index : 0;
}

function after({ text, cursor }: Field): number {
  for (const { segment } of segmenter.segment(text.slice(cursor, cursor + 64))) return cursor + segment.length;
  return cursor;
}

function wordBefore({ text, cursor }: Field): number {
  return text.slice(0, cursor).replace(/[^\s]*\s*$/u, '').length;
}

function wordAfter({ text, cursor }: Field): number {
  return cursor + (/^\s*[^\s]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

function lineStart({ text, cursor }: Field): number {
  return text.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd({ text, cursor }: Field): number {
  const end = text.indexOf('\n', cursor);
  return end === -1 ? text.length : end;
}

function cutOut({ text }: Field, from: number, to: number): Field {
  return { text: text.slice(0, from) + text.slice(to), cursor: from };
}
