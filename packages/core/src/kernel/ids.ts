import { randomFillSync } from 'node:crypto';

/** Prefix of each kind of id. An id is `<prefix>_<26 characters>`, e.g. `cnv_01hzy3v9k2e7q8m4n5p6r7s8t9`. */
export const idPrefixes = {
  organization: 'org',
  account: 'acc',
  user: 'usr',
  session: 'ses',
  team: 'tem',
  channel: 'chn',
  contact: 'con',
  identity: 'idn',
  conversation: 'cnv',
  message: 'msg',
  event: 'evt',
  inboundRequest: 'req',
  inboundFailure: 'inf',
  notice: 'ntc',
  job: 'job',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Crockford's base 32 in lower case: sorts as bytes, has no look-alikes. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id: the prefix and a UUIDv7 (RFC 9562) as 26 base-32 characters, so ids made later sort later.
 *
 * @param at epoch milliseconds that the id sorts by; the current time unless told.
 * @example newId('conversation') // 'cnv_06e8x2k1r7…'
 */
export function newId(kind: IdKind, at: number = Date.now()): string {
  const sequence = sequenceOf(at);
  const random = randomSlice();
  // RFC 9562 §5.7: 48 bits of time, the version 7, 12 bits that count, the variant 2, 62 random bits.
  const high = (BigInt(at) << 16n) | 0x7000n | BigInt(sequence);
  const low = (random.readBigUInt64BE() & 0x3fffffffffffffffn) | 0x8000000000000000n;
  return `${idPrefixes[kind]}_${base32(high, low)}`;
}

let lastAt = 0;
let counter = 0;

/** Ids of one process and one millisecond keep the order in which they were made (RFC 9562 §6.2, method 1). */
function sequenceOf(at: number): number {
  counter = at === lastAt ? (counter + 1) & 0xfff : 0;
  lastAt = at;
  return counter;
}

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Eight random bytes; the system is asked for many at once. */
function randomSlice(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 8;
  return pool.subarray(used - 8, used);
}

/** 128 bits as 26 characters of 5 bits, the first of which holds 3. */
function base32(high: bigint, low: bigint): string {
  // 65 bits below, 63 above: both are cut where a character ends.
  const lower = low | ((high & 1n) << 64n);
  return digits(high >> 1n) + digits(lower);
}

function digits(value: bigint): string {
  let text = '';
  // 35 bits at a time are exact in a number, and numbers are fast.
  const parts = [Number((value >> 30n) & 0x7ffffffffn), Number(value & 0x3fffffffn)] as const;
  for (const [part, count] of [[parts[0], 7], [parts[1], 6]] as const) {
    for (let shift = count - 1; shift >= 0; shift--) text += alphabet[Math.floor(part / 32 ** shift) % 32];
  }
  return text;
}

/** What an id of this kind looks like, for schemas and hostile input. */
export function idPattern(kind: IdKind): string {
  return `^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`;
}
