/** Numbers that look random and are the same for the same seed (the xorshift of G. Marsaglia, 2003). */
export interface Numbers {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number;
}

export function numbersFrom(seed: number): Numbers {
  let state = (seed | 0) === 0 ? 0x6d2b79f5 : seed | 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return { next, below: (below) => Math.floor(next() * below) };
}

/** Those of one of many things: neighbours have nothing in common (the last steps of MurmurHash3, A. Appleby). */
export function numbersOf(seed: number, index: number): Numbers {
  let mixed = Math.imul(seed, 0x9e3779b1) ^ index;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return numbersFrom(mixed ^ (mixed >>> 16));
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id that sorts by time and then by its number, as ids do, and is the same in every run. */
export function idOf(prefix: string, at: number, number: number): string {
  return `${prefix}_${base32(at, 10)}${base32(number, 16)}`;
}

function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value, i = 0; i < length; i++) {
    text = (alphabet[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
