import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { plainCell } from '../../kernel/csv.js';
import { fail } from '../../kernel/errors.js';
import { comparable } from '../../kernel/text.js';
import { decoded } from './decode.js';
import { delimiterOf, firstLineOf } from './delimiter.js';
import { longestCell, longestHeading, longestRow, mostColumns, mostRows } from './limits.js';

/** A row as a spreadsheet counts, the heading being row 1. */
export interface FileRow {
  row: number;
  cells: string[];
  /** What is wrong with the row, whatever its columns mean. */
  fault: string | null;
}

/** A file that was read to its end. */
export interface ContactFile {
  headings: string[];
  rows: FileRow[];
  /** The digest of its bytes: the same file sent again is the same call. */
  toJSON(): string;
}

/**
 * Reads a file as it comes, whatever its size: it is let go as soon as it cannot be taken. The rows that are at fault
 * say so; a file that cannot be read, or has too many rows, is refused as a whole.
 *
 * @throws TimsError `csv_invalid`, `csv_too_large`
 */
export async function readContactFile(source: AsyncIterable<Uint8Array>): Promise<ContactFile> {
  const hash = createHash('sha256');
  const texts = decoded(hashed(source, hash));
  const { begin, delimiter } = await beginningOf(texts);
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: longestRow,
  });
  // Its error is the parser's, which is read below.
  pipeline(Readable.from(joined(begin, texts)), parser, () => undefined);
  try {
    const { headings, rows } = await readRows(parser);
    const digest = hash.digest('hex');
    return { headings, rows, toJSON: () => digest };
  } catch (error) {
    if (error instanceof CsvError) fail('csv_invalid', sentenceOf(error), { row: rowOf(error) });
    throw error;
  }
}

async function readRows(records: AsyncIterable<string[]>): Promise<Pick<ContactFile, 'headings' | 'rows'>> {
  let headings: string[] | undefined;
  const rows: FileRow[] = [];
  let row = 0;
  for await (const record of records) {
    row += 1;
    if (!headings) {
      headings = headingsOf(record);
      continue;
    }
    if (row > mostRows + 1) fail('csv_too_large', `A file may have ${mostRows} rows below its heading`);
    const cells = record.map((cell) => plainCell(cell));
    if (cells.some((cell) => cell.trim() !== '')) rows.push(shaped(row, cells, headings));
  }
  if (!headings) fail('csv_invalid', 'It is empty');
  if (rows.length === 0) fail('csv_invalid', 'It has a heading and no rows');
  return { headings, rows };
}

/** Its names, each once. Columns at the end that have neither a name nor, as it turns out, a value are none. */
function headingsOf(record: readonly string[]): string[] {
  const names = record.map((cell) => plainCell(cell).trim());
  while (names.at(-1) === '') names.pop();
  if (names.length === 0) fail('csv_invalid', 'Its first row is empty: it must name the columns', { line: 1 });
  if (names.length > mostColumns) fail('csv_invalid', `It has ${names.length} columns, ${mostColumns} are read`);
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    if (name === '') fail('csv_invalid', `Column ${index + 1} has no name in the first row`);
    if (name.length > longestHeading) fail('csv_invalid', `The name of column ${index + 1} is too long`);
    const before = seen.get(comparable(name));
    if (before !== undefined) {
      fail('csv_invalid', `Columns ${before + 1} and ${index + 1} have one name: ${shortened(name)}`);
    }
    seen.set(comparable(name), index);
  });
  return names;
}

function shaped(row: number, cells: string[], headings: readonly string[]): FileRow {
  const more = cells.slice(headings.length);
  const own = cells.slice(0, headings.length);
  const long = own.findIndex((cell) => cell.length > longestCell);
  const kept = own.map((cell) => (cell.length > longestCell ? `${shortened(cell)}…` : cell));
  if (more.some((cell) => cell.trim() !== '') || own.length < headings.length) {
    return { row, cells: kept, fault: `The row has ${cells.length} cells, the heading ${headings.length}` };
  }
  if (long >= 0) {
    const fault = `${headings[long]}: the cell has ${own[long]?.length} characters, ${longestCell} are read`;
    return { row, cells: kept, fault };
  }
  return { row, cells: kept, fault: null };
}

/** As much as it takes to know the delimiter, which is said nowhere but by the heading. */
async function beginningOf(texts: AsyncGenerator<string>): Promise<{ begin: string; delimiter: string }> {
  const longest = mostColumns * (longestHeading + 3);
  let begin = '';
  for (;;) {
    const heading = firstLineOf(begin);
    if (heading !== undefined) return { begin, delimiter: delimiterOf(heading) };
    if (begin.length > longest) fail('csv_invalid', 'Its first row does not end', { line: 1 });
    const next = await texts.next();
    if (next.done) return { begin, delimiter: delimiterOf(begin) };
    begin += next.value;
  }
}

async function* joined(begin: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  yield begin;
  yield* texts;
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: { update(bytes: Uint8Array): unknown }) {
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
}

const sentences: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'the row does not end: a quote may be opened and never closed',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell that is not quoted: write "" for it, in quotes',
  CSV_INVALID_CLOSING_QUOTE: 'something follows the quote that ends a cell',
};

/** The row that was being read; a quote that is never closed is opened there, wherever the file ends. */
function rowOf(error: CsvError): number {
  return typeof error.records === 'number' ? error.records + 1 : 1;
}

function sentenceOf(error: CsvError): string {
  return `Row ${rowOf(error)}: ${sentences[error.code] ?? 'it cannot be read'}`;
}

const shortened = (text: string) => text.slice(0, 100);
