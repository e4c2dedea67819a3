import type { SearchHit } from '@tims/sdk';
import { bold, dim, yellow } from './style.js';
import { oneLine } from './text.js';
import { clock } from './time.js';

/** A hit as two lines: what it is and where, then what it says with what matched standing out. */
export function hitLines({ kind, id, conversationId, at, excerpt, ranges }: SearchHit): string {
  const place = conversationId === null ? id.slice(-6) : `in ${conversationId.slice(-6)}`;
  return `${dim(clock(at))}  ${bold(kind)}  ${dim(place)}\n      ${highlighted(excerpt, ranges)}`;
}

/**
 * Each piece is made safe by itself, as the places count the text as it came: a control sequence that a customer wrote
 * across the edge of a match is cut in two, and either half is taken out.
 */
function highlighted(excerpt: string, ranges: SearchHit['ranges']): string {
  let text = '';
  let at = 0;
  for (const { start, length } of ranges) {
    text += safe(excerpt.slice(at, start)) + yellow(bold(safe(excerpt.slice(start, start + length))));
    at = start + length;
  }
  return text + safe(excerpt.slice(at));
}

/** As {@link oneLine}, but keeping the space between two pieces. */
function safe(piece: string): string {
  const begin = /^\s/.test(piece) ? ' ' : '';
  const end = /\s$/.test(piece) && piece.trim() !== '' ? ' ' : '';
  return begin + oneLine(piece) + end;
}
