import stringWidth from 'string-width';
import { bold } from './style.js';
import { oneLine } from './text.js';

export interface Column<Row> {
  title: string;
  value(row: Row): string;
  /** The column that gives way first when the terminal is narrow. */
  flexible?: boolean;
  paint?(text: string): string;
}

/** No column is cut to less than this. */
const narrowest = 8;
const gap = '  ';

/**
 * A table as wide as the terminal at most; as wide as it needs where the output is no terminal, so that nothing is cut
 * off for a program that reads it. Wide characters count double, combining ones not at all.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width = terminalWidth()): string {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.value(row))));
  const widths = fit(
    columns.map((column, index) => Math.max(...[column.title, ...cells.map((row) => row[index] ?? '')].map(widthOf))),
    columns,
    width,
  );
  const line = (values: string[], paint: (text: string, index: number) => string) =>
    values
      .map((value, index) => {
        const room = widths[index] ?? 0;
        const last = index === values.length - 1;
        return paint(last ? cut(value, room) : padded(value, room), index);
      })
      .join(gap)
      .trimEnd();
  const head = line(
    columns.map(({ title }) => title),
    (text) => bold(text),
  );
  const body = cells.map((row) => line(row, (text, index) => columns[index]?.paint?.(text) ?? text));
  return `${[head, ...body].join('\n')}\n`;
}

/** Cut at `width` columns, with `…` where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let shown = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function widthOf(text: string): number {
  return stringWidth(text);
}

function padded(text: string, width: number): string {
  const shown = cut(text, width);
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
}

/** Takes from the flexible columns first, then from the widest. */
function fit<Row>(natural: number[], columns: readonly Column<Row>[], width: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));
  const shrink = (may: (index: number) => boolean) => {
    while (total() > width) {
      const widest = widths.reduce(
        (best, one, i) => (may(i) && one > (widths[best] ?? 0) ? i : best),
        widths.findIndex((_, i) => may(i)),
      );
      const current = widths[widest];
      if (current === undefined || current <= narrowest) return;
      widths[widest] = current - 1;
    }
  };
  shrink((index) => columns[index]?.flexible === true);
  shrink(() => true);
  return widths;
}

function terminalWidth(): number {
  return process.stdout.isTTY ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
}
