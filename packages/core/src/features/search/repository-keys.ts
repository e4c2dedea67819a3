import type { Context } from '../../database/context.js';

/** Places in one millisecond. With them the keys stay whole numbers of JavaScript until the year 2109. */
const places = 2 ** 11;

/** The lowest key of this time. */
export function keyAt(at: number): number {
  return Math.max(0, Math.trunc(at)) * places;
}

/**
 * A free key for each of the times, in the whole installation. Providers tell whole seconds, so thousands may share a
 * millisecond: what finds its place taken looks for one among four times as many, all that are left with one statement.
 */
export async function freeKeys(ctx: Context, wanted: readonly { id: string; at: number }[]): Promise<number[]> {
  const keys = new Map<number, number>();
  const given = new Set<number>();
  let left = wanted.map(({ id, at }, index) => ({ id, at, index, key: 0 }));
  for (let round = 0; left.length > 0; round++) {
    for (const one of left) one.key = keyAt(one.at) + placeOf(one.id, round);
    const taken = new Set(
      await keysAmong(
        ctx,
        left.map(({ key }) => key),
      ),
    );
    left = left.filter(({ index, key }) => {
      if (taken.has(key) || given.has(key)) return true;
      given.add(key);
      keys.set(index, key);
      return false;
    });
  }
  return wanted.map((_, index) => keys.get(index) ?? 0);
}

/** How far, in milliseconds, a key may lie behind the time that it stands for, unless 100,000 share one. */
export const keyDrift = 4 ** 3;

/** Any place will do, another one in each round; ids made one after the other differ at their ends. */
function placeOf(id: string, round: number): number {
  let hash = 7 + round;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % (places * 4 ** round);
}

async function keysAmong({ trx }: Context, keys: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < keys.length; at += 500) {
    const rows: { doc_key: number }[] = await trx('search_documents')
      .whereIn('doc_key', keys.slice(at, at + 500))
      .select('doc_key');
    for (const row of rows) found.push(Number(row.doc_key));
  }
  return found;
}
