import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const plain = /^[\x20-\x7e]*$/;

/** The columns that a terminal gives the text: wide characters two, combining ones none. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  // The same names and words are drawn again with every frame; a text that is long is not.
  if (text.length <= 200) remember(widths, text, width);
  return width;
}

const widths = new Map<string, number>();
const most = 10_000;

function remember<V>(memory: Map<string, V>, key: string, value: V): void {
  if (memory.size >= most) memory.clear();
  memory.set(key, value);
}

/** What a person sees as one character each: an emoji family, a letter with its accents. */
export function* graphemesOf(text: string): Iterable<string> {
  if (plain.test(text)) yield* text;
  else for (const { segment } of graphemes.segment(text)) yield segment;
}

/** Cut at `width` columns, with `…` where something is missing. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  if (plain.test(text)) return `${text.slice(0, width - 1)}…`;
  const key = `${width} ${text}`;
  const known = cuts.get(key);
  if (known !== undefined) return known;
  const shown = cutGraphemes(text, width);
  if (text.length <= 200) remember(cuts, key, shown);
  return shown;
}

const cuts = new Map<string, string>();

function cutGraphemes(text: string, width: number): string {
  let shown = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    used += widthOf(grapheme);
    if (used > width - 1) break;
    shown += grapheme;
  }
  return `${shown}…`;
}

/** Exactly `width` columns: cut, or filled up with spaces. */
export function fit(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const shown = cut(text, width);
  const room = ' '.repeat(Math.max(0, width - widthOf(shown)));
  return side === 'left' ? shown + room : room + shown;
}
