import { graphemesOf, widthOf } from '../text/width.js';

/** Where the terminal's cursor is to stand; input methods show what is being composed there. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
}

/** Puts whole frames on the screen, writing only the lines that changed. */
export interface Painter {
  paint(frame: string, cursor: Cursor | undefined): void;
  /** Forgets what is on the screen: the next frame is written whole. */
  forget(): void;
}

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';

export function createPainter(write: (text: string) => void): Painter {
  let shown: string[] | undefined;
  let shownCursor: Cursor | undefined;

  return {
    paint(frame, cursor) {
      const lines = frame.split('\n');
      const changes = lines.flatMap((line, y) => (line === shown?.[y] ? [] : `${to(0, y)}\u001b[2K${anchored(line)}`));
      const below = shown && shown.length <= lines.length ? '' : `${to(0, lines.length)}\u001b[J`;
      const moved = cursor?.x !== shownCursor?.x || cursor?.y !== shownCursor?.y;
      if (changes.length === 0 && below === '' && !moved) return;
      const placed = cursor ? `${to(cursor.x, cursor.y)}\u001b[?25h` : '\u001b[?25l';
      shown = lines;
      shownCursor = cursor;
      write(`${begin}\u001b[?25l${changes.join('')}${below}${placed}${end}`);
    },
    forget() {
      shown = undefined;
      shownCursor = undefined;
    },
  };
}

function to(x: number, y: number): string {
  return `\u001b[${y + 1};${x + 1}H`;
}

/** What terminals may give another width than we do: emoji that are put together, marks, scripts that join. */
const uncertain =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{M}\p{Cf}]|[\u0590-\u08ff\u0900-\u0e7f\u1000-\u109f\u1780-\u17ff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are control sequences
const style = /(\u001b\[[\d;:]*m)/;

/** Says behind uncertain characters in which column the line goes on, so that nothing after them is moved. */
function anchored(line: string): string {
  if (!uncertain.test(line)) return line;
  let column = 0;
  let unsure = false;
  let out = '';
  for (const part of line.split(style)) {
    if (style.test(part)) {
      out += part;
      continue;
    }
    for (const grapheme of graphemesOf(part)) {
      const doubtful = uncertain.test(grapheme);
      if (unsure && !doubtful) out += `\u001b[${column + 1}G`;
      unsure = doubtful;
      out += grapheme;
      column += widthOf(grapheme);
    }
  }
  return out;
}
