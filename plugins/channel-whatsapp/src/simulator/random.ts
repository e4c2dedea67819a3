/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A new list in which about `share` of the items stand at a random place, the others in their old order. */
export function shuffled<T>(items: readonly T[], random: () => number, share = 1): T[] {
  const ranked = items.map((item, index) => ({ item, rank: random() < share ? random() * items.length : index }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

export function between(range: { min: number; max: number }, random: () => number): number {
  return range.min + Math.floor(random() * (Math.max(range.max, range.min) - range.min + 1));
}
