import type { Query, Term } from './query.js';
import { type Unit, unitsOf } from './units.js';

/** Where a text has what was asked for. */
export interface Match {
  /** Places in the text, in order, none over another. */
  ranges: { start: number; length: number }[];
  /** How well it fits, from 0 on; compared among the hits of one question only. */
  score: number;
}

/** Undefined where the text lacks any term. What the index says is only where to look; this decides. */
export function matchText(text: string, query: Query): Match | undefined {
  const units = unitsOf(text);
  const found: { from: number; to: number }[] = [];
  let score = 0;
  for (const term of query.terms) {
    const places = placesOf(term, units);
    if (places.length === 0) return undefined;
    found.push(...places);
    score += worth(term, places, units);
  }
  return { ranges: rangesOf(found, units), score: score / query.terms.length / (1 + units.length / 60) };
}

/** Units of the text from which on it has the term. */
function placesOf({ units: wanted, open }: Term, units: readonly Unit[]): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  const last = wanted.length - 1;
  for (let from = 0; from + last < units.length; from++) {
    const fits = wanted.every((text, offset) => {
      const unit = units[from + offset]?.text ?? '';
      return open && offset === last ? unit.startsWith(text) : unit === text;
    });
    if (fits) places.push({ from, to: from + last });
  }
  return places;
}

/** Whole words over beginnings, again over once, but less each time. */
function worth({ units: wanted, open }: Term, places: { to: number }[], units: readonly Unit[]): number {
  const whole = !open || places.some(({ to }) => units[to]?.text === wanted.at(-1));
  return (whole ? 1 : 0.6) * (1 + Math.log2(places.length) / 4);
}

function rangesOf(found: { from: number; to: number }[], units: readonly Unit[]): Match['ranges'] {
  const ranges: Match['ranges'] = [];
  for (const { from, to } of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
    const start = units[from]?.start ?? 0;
    const end = units[to]?.end ?? start;
    const before = ranges.at(-1);
    if (before && start < before.start + before.length) before.length = Math.max(before.length, end - before.start);
    else ranges.push({ start, length: end - start });
  }
  return ranges;
}

/** How much of a text a hit shows, and how much of it stands before the first match. */
const shown = 200;
const lead = 60;
const mostRanges = 50;

/** The piece of the text around the first match, with the places of the matches inside it. */
export function excerptOf(text: string, ranges: Match['ranges']): { excerpt: string; ranges: Match['ranges'] } {
  const first = ranges[0]?.start ?? 0;
  const from = boundary(text, first <= lead ? 0 : first - lead);
  const to = boundary(text, Math.min(text.length, from + shown));
  const before = from > 0 ? '…' : '';
  const inside = ranges
    .filter(({ start }) => start >= from && start < to)
    .slice(0, mostRanges)
    .map(({ start, length }) => ({
      start: start - from + before.length,
      length: Math.min(length, to - start),
    }));
  // One character for one, so that the places stay true.
  const piece = text.slice(from, to).replace(/\s/g, ' ');
  return { excerpt: `${before}${piece}${to < text.length ? '…' : ''}`, ranges: inside };
}

/** The place, or the one after it where it is between the two halves of a character. */
function boundary(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}
