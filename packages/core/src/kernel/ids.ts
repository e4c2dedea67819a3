import { randomBytes } from 'node:crypto';

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
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  sequenceAfter(at, bytes);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return `${idPrefixes[kind]}_${base32(bytes)}`;
}

let lastAt = 0;
let counter = 0;

/** Ids of one process and one millisecond keep the order in which they were made (RFC 9562 §6.2, method 1). */
function sequenceAfter(at: number, bytes: Buffer): void {
  counter = at === lastAt ? (counter + 1) & 0xfff : 0;
  lastAt = at;
  bytes.writeUInt16BE(counter, 6);
}

function base32(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}

/** What an id of this kind looks like, for schemas and hostile input. */
export function idPattern(kind: IdKind): string {
  return `^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`;
}
