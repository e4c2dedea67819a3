/** How many bytes from the beginning are UTF-8; all of them where every character is whole (RFC 3629 §4). */
export function lengthOfUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterAt(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** The length of the character that begins there; 0 where none does. */
function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const follows = (count: number) =>
    [...bytes.subarray(at + 2, at + 1 + count)].filter((byte) => byte >= 0x80 && byte <= 0xbf).length === count - 1;
  const within = (from: number, to: number) => second >= from && second <= to;
  if (first >= 0xc2 && first <= 0xdf) return within(0x80, 0xbf) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    // No longer form than needed, and no half of a UTF-16 pair.
    const from = first === 0xe0 ? 0xa0 : 0x80;
    const to = first === 0xed ? 0x9f : 0xbf;
    return within(from, to) && follows(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const from = first === 0xf0 ? 0x90 : 0x80;
    const to = first === 0xf4 ? 0x8f : 0xbf;
    return within(from, to) && follows(3) ? 4 : 0;
  }
  return 0;
}
