import { graphemesOf, widthOf } from './width.js';

/** One line of a wrapped text, and where in the text it stands. */
export interface WrappedLine {
  readonly text: string;
  readonly start: number;
  /** After its last character; a space at which the line was broken still belongs to it. */
  readonly end: number;
}

/**
 * Breaks the text into lines of at most `width` columns: at line breaks, else after spaces and wide characters, else
 * where it must. No character is lost: `start` and `end` find each of them.
 */
export function wrapLines(text: string, width: number): WrappedLine[] {
  const room = Math.max(1, width);
  const lines: WrappedLine[] = [];
  let start = 0;
  for (const paragraph of text.split('\n')) {
    lines.push(...wrapParagraph(paragraph, start, room));
    start += paragraph.length + 1;
  }
  return lines;
}

/** The same without the places, and without the spaces at which lines were broken. */
export function wrap(text: string, width: number): string[] {
  return wrapLines(text, width).map((line) => line.text.trimEnd());
}

function wrapParagraph(paragraph: string, offset: number, room: number): WrappedLine[] {
  if (widthOf(paragraph) <= room) return [{ text: paragraph, start: offset, end: offset + paragraph.length }];
  const lines: WrappedLine[] = [];
  let start = 0;
  let at = 0;
  let used = 0;
  /** After the last place where the line may be broken, and the columns up to there. */
  let broken = { at: 0, used: 0 };
  const push = (end: number) => {
    lines.push({ text: paragraph.slice(start, end), start: offset + start, end: offset + end });
    start = end;
  };
  for (const grapheme of graphemesOf(paragraph)) {
    const columns = widthOf(grapheme);
    // A space that hangs over the edge takes no room.
    if (used + columns > room && grapheme !== ' ') {
      const end = broken.at > start ? broken.at : at;
      used -= broken.at > start ? broken.used : used;
      push(end);
    }
    at += grapheme.length;
    used += columns;
    if (grapheme === ' ' || columns > 1) broken = { at, used };
  }
  push(paragraph.length);
  return lines;
}
