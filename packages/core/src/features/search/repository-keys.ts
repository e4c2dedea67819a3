import type { Context } from '../../database/context.js';

/** Places in one millisecond. With them the keys stay whole numbers of JavaScript until the year 2109. */
const places = 2 ** 11;

/** The lowest key of this time. */
export function keyAt(at: number): number {
  return Math.max(0, Math.trunc(at)) * places;
}

/**
 * A free key for each of the times, in the whole installation. Imports tell whole seconds, so thousands may share a
 * millisecond: what finds its place taken goes to the next one.
 */
export async function freeKeys(ctx: Context, wanted: readonly { id: string; at: number }[]): Promise<number[]> {
  const first = wanted.map(({ id, at }) => keyAt(at) + placeOf(id));
  const taken = new Set(await keysAmong(ctx, first));
  const keys: number[] = [];
  for (let key of first) {
    while (taken.has(key)) {
      key++;
      // A key that is neither among the first ones nor given away here has not been looked up yet.
      if (!taken.has(key) && (await keysAmong(ctx, [key])).length > 0) taken.add(key);
    }
    taken.add(key);
    keys.push(key);
  }
  return keys;
}

/** Any place will do; ids made one after the other differ at their ends. */
function placeOf(id: string): number {
  let hash = 7;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return (hash >>> 8) % places;
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
