import type { Tag } from '@tims/sdk';
import { type People, tagsOf } from '../state/people.js';
import { cleanLine } from '../text/clean.js';
import { type Span, span, type Tone } from './line.js';

/** The sixteen colours of a terminal stand for the ten of tags; the name tells alike ones apart. */
const tones: Readonly<Record<Tag['color'], Tone>> = {
  gray: 'dim',
  red: 'tag-red',
  orange: 'tag-yellow',
  amber: 'tag-yellow',
  green: 'tag-green',
  teal: 'tag-cyan',
  blue: 'tag-blue',
  indigo: 'tag-blue',
  purple: 'tag-magenta',
  pink: 'tag-magenta',
};

/** `#Payment #VIP`, each in its colour. */
export function tagSpans(people: People, ids: readonly string[]): Span[] {
  return tagsOf(people, ids).map(({ name, color }) => span(` #${cleanLine(name)}`, tones[color]));
}
