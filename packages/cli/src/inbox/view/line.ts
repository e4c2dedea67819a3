import { cut, widthOf } from '../text/width.js';

/** How a piece of text looks; what that is on this terminal stands in the theme. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'accent'
  | 'title'
  | 'good'
  | 'warn'
  | 'bad'
  | 'chosen'
  | 'marked'
  | 'banner'
  | 'note'
  | 'note-bar'
  | 'tag-red'
  | 'tag-yellow'
  | 'tag-green'
  | 'tag-cyan'
  | 'tag-blue'
  | 'tag-magenta';

export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** One row of a part of the screen. */
export type Line = readonly Span[];

export const span = (text: string, tone?: Tone): Span => ({ text, tone });

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Exactly so many columns: cut with `…`, or filled up with the tone of `fill`. */
export function fitLine(line: Line, width: number, fill?: Tone): Line {
  let room = width;
  const shown: Span[] = [];
  for (const { text, tone } of line) {
    const part = cut(text, room);
    if (part !== '') shown.push({ text: part, tone });
    room -= widthOf(part);
    if (part !== text) break;
  }
  return room > 0 ? [...shown, { text: ' '.repeat(room), tone: fill }] : shown;
}

/** Two lines as one: the left one gives way to the right one, which stands at the end. */
export function sides(left: Line, right: Line, width: number, fill?: Tone): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0 || rightWidth + 4 > width) return fitLine(left, width, fill);
  return [...fitLine(left, width - rightWidth - 1, fill), { text: ' ', tone: fill }, ...right];
}

/** The whole line in one tone: the one at the cursor. */
export function toned(line: Line, tone: Tone): Line {
  return line.map(({ text }) => ({ text, tone }));
}
