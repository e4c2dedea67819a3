/**
 * One thing that can be looked for in a text: a word, or one character of a script that is written without spaces.
 * `start` and `end` are places in the text as it was written.
 */
export interface Unit {
  /** Folded: without accents, lower case, in compatibility form. */
  text: string;
  start: number;
  end: number;
  /** A character of Chinese, Japanese, Thai and the like, where nothing shows where a word ends. */
  solid: boolean;
}

/** Text beyond this is not looked at: a pasted log file would fill the index with words that nobody looks for. */
export const longestText = 20_000;

/**
 * Cuts a text into units. Both what is stored and what is asked for go through here, so that every database finds the
 * same, whatever its own rules for accents, short words and word boundaries.
 */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  const end = Math.min(text.length, longestText);
  let open: Unit | undefined;
  for (let at = 0; at < end; ) {
    const code = text.codePointAt(at) ?? 0;
    const next = at + (code > 0xffff ? 2 : 1);
    const { kind, folded } = letterOf(code);
    if (kind === 'gap') open = undefined;
    else if (kind === 'mark') extend(open, next, folded);
    else if (open && kind === 'word' && !open.solid) extend(open, next, folded);
    else {
      open = { text: folded, start: at, end: next, solid: kind === 'solid' };
      units.push(open);
    }
    at = next;
  }
  return units;
}

function extend(open: Unit | undefined, end: number, folded: string): void {
  if (!open) return;
  open.text += folded;
  open.end = end;
}

interface Letter {
  /** A mark belongs to what stands before it; a gap ends it. */
  kind: 'word' | 'solid' | 'mark' | 'gap';
  folded: string;
}

const gap: Letter = { kind: 'gap', folded: '' };
const ascii: readonly Letter[] = Array.from({ length: 128 }, (_, code) => {
  const folded = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(folded) ? { kind: 'word', folded } : gap;
});
const others = new Map<number, Letter>();

function letterOf(code: number): Letter {
  if (code < 128) return ascii[code] ?? gap;
  const known = others.get(code);
  if (known) return known;
  const letter = readLetter(String.fromCodePoint(code));
  others.set(code, letter);
  return letter;
}

const solidScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic; not the vowels of Thai or of India. */
const accents = /[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]/u;

function readLetter(character: string): Letter {
  if (/\p{M}/u.test(character)) return { kind: 'mark', folded: accents.test(character) ? '' : character };
  // Arabic's tatweel only makes a word longer; the joiners are not seen.
  if (/[\u0640\u00ad\u200c\u200d]/.test(character)) return { kind: 'mark', folded: '' };
  const plain = character.normalize('NFKD').toLowerCase().normalize('NFKD');
  const kept = [...plain].filter((one) => /[\p{L}\p{N}]/u.test(one) || (/\p{M}/u.test(one) && !accents.test(one)));
  const folded = kept.map((one) => withoutDecomposition[one] ?? one).join('');
  if (folded === '') return gap;
  return { kind: solidScripts.test(folded) ? 'solid' : 'word', folded: folded.normalize('NFC') };
}

/** Letters that people type without their stroke or ligature, and that Unicode does not take apart. */
const withoutDecomposition: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};
