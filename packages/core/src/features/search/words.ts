import type { Unit } from './units.js';

/** What the index keeps documents of. Tags are few, and read as they are. */
export const indexedKinds = ['message', 'contact', 'note'] as const;
export type IndexedKind = (typeof indexedKinds)[number];

/** A document says at most so many different words: a long text is found by its beginning. */
const mostWords = 1_000;
const longestWord = 64;

/**
 * The words under which a text is found. Where a script has no spaces each pair of characters is a word: any piece of two
 * characters or more is then found through its pairs, without a dictionary, and a pair is rare where a character is not.
 * The last character of such a run stands alone, so that every character begins some word.
 */
export function indexWords(units: readonly Unit[]): string[] {
  const words = new Set<string>();
  units.forEach((unit, index) => {
    const next = units[index + 1];
    if (words.size < mostWords) words.add(cut(next && joined(unit, next) ? unit.text + next.text : unit.text));
  });
  return [...words];
}

/** Two characters of one run. */
export function joined(unit: Unit, next: Unit): boolean {
  return unit.solid && next.solid && unit.end === next.start;
}

/** Never between the two halves of a character, which no database would store. */
export function cut(word: string): string {
  if (word.length <= longestWord) return word;
  const half = /[\ud800-\udbff]/.test(word.charAt(longestWord - 1));
  return word.slice(0, half ? longestWord - 1 : longestWord);
}

/**
 * The word's number in the index: 53 bits of a hash of organization, kind and word. So a row of the index is two numbers,
 * and one organization's rows lie apart from another's. Two words that meet in one number cost a look at a text that
 * does not have the word: what is found is compared with the text itself before anybody sees it.
 */
export function wordNumber(organization: string, kind: IndexedKind, word: string): number {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  const mix = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b + code, 0x5bd1e995);
      b ^= b >>> 15;
    }
  };
  mix(organization);
  mix(kind);
  mix(word);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a ^= a >>> 13;
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b ^= b >>> 16;
  return ((a ^ b) >>> 11) * 2 ** 32 + (b >>> 0);
}
