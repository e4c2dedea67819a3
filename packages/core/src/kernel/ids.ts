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
  tag: 'tag',
  closeReason: 'rsn',
  note: 'not',
  notification: 'ntf',
  cannedResponse: 'can',
  followUp: 'fup',
  view: 'viw',
  invitation: 'inv',
  apiKey: 'key',
  import: 'imp',
  merge: 'mrg',
  erasure: 'era',
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
  // RFC 9562 §5.7: 48 bits of time, the version 7, 12 bits that count, the variant 2, 62 random bits.
  const bytes = randomBytes16();
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequenceOf(at), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return written(kind, bytes);
}

let lastAt = 0;
let counter = 0;

/** Ids of one process and one millisecond keep the order in which they were made (RFC 9562 §6.2, method 1). */
function sequenceOf(at: number): number {
  counter = at === lastAt ? (counter + 1) & 0xfff : 0;
  lastAt = at;
  return counter;
}

const pool = Buffer.alloc(8192);
let used = pool.length;

/** Sixteen random bytes, to be used before the next call; the system is asked for many at once. */
function randomBytes16(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

const digits = Buffer.from(alphabet, 'latin1');
const text = Buffer.alloc(30);

/** The prefix and 128 bits as 26 characters of 5 bits, the first of which holds 3. */
function written(kind: IdKind, bytes: Buffer): string {
  let at = text.write(`${idPrefixes[kind]}_`, 'latin1');
  let held = 0;
  let bits = 2;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text[at++] = digits[held >> bits] ?? 0;
      held &= (1 << bits) - 1;
    }
  }
  return text.toString('latin1', 0, at);
}

/** What an id of this kind looks like, for schemas and hostile input. */
export function idPattern(kind: IdKind): string {
  return `^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`;
}
