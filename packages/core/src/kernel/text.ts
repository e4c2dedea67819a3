/** The most of a text that is compared: what an indexed column holds. */
const longest = 191;

/** A text as it is compared where people would call two the same: case, accents, width and spaces aside. */
export function comparable(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
  return [...plain].slice(0, longest).join('');
}
