const named = [
  'enter',
  'tab',
  'esc',
  'space',
  'backspace',
  'delete',
  'insert',
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
];
const modifiers = ['ctrl', 'alt', 'shift'];

/**
 * The key as the decoder names it, or undefined where there is no such key. `Ctrl+T` and `ctrl+t` are the same;
 * modifiers may stand in any order.
 */
export function keyNamed(given: string): string | undefined {
  const word = given.trim();
  if ([...word].length === 1) return word;
  const parts = word.split('+');
  // `ctrl++` is Ctrl with the plus sign.
  const base = word.endsWith('++') ? '+' : (parts.at(-1) ?? '');
  const held = (word.endsWith('++') ? parts.slice(0, -2) : parts.slice(0, -1)).map((one) => one.toLowerCase());
  if (held.some((one) => !modifiers.includes(one)) || new Set(held).size < held.length) return undefined;
  const name = named.includes(base.toLowerCase()) ? base.toLowerCase() : base;
  if (!named.includes(name) && [...name].length !== 1) return undefined;
  const letter = held.includes('ctrl') && /^[A-Z]$/.test(name) ? name.toLowerCase() : name;
  return [...modifiers.filter((one) => held.includes(one)), letter].join('+');
}

/** What `keyNamed` may have been meant to say. */
export function nearestKey(given: string): string | undefined {
  const word = given.trim().toLowerCase();
  const [base = '', ...held] = word.split('+').reverse();
  const bases = [...base].length === 1 ? [base] : [nearest(base, named)];
  const mended = [...held.reverse().map((one) => nearest(one, modifiers)), ...bases];
  return mended.every((part) => part !== undefined) ? keyNamed(mended.join('+')) : undefined;
}

/** The word that differs least; undefined where none is alike. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  // Of two that are alike, people get the first letter right.
  const score = (one: string) => distance(lower, one.toLowerCase()) - (one[0]?.toLowerCase() === lower[0] ? 0.5 : 0);
  const [best] = words.map((one) => ({ one, distance: score(one) })).sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, Math.floor(best.one.length / 2)) ? best.one : undefined;
}

/** How many letters have to be put in, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j++) (rows[0] ?? [])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      (rows[i] ?? [])[j] = least;
    }
  }
  return at(a.length, b.length);
}
