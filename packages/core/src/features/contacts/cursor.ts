import { fail } from '../../kernel/errors.js';
import { idPattern } from '../../kernel/ids.js';

/** A place in a list of contacts: what it is ordered by before the id, and the id. */
export interface ContactPlace {
  /** The name's key, or since when they are blocked; null where the list is ordered by the id alone. */
  key: string | number | null;
  id: string;
}

export function encodePlace({ key, id }: ContactPlace): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

const contactId = new RegExp(idPattern('contact'));

/** @throws TimsError `cursor_invalid` for anything that `encodePlace` did not write for a list of this order. */
export function decodePlace(text: string, key: 'string' | 'number' | 'null'): ContactPlace {
  const read = parse(text);
  if (!Array.isArray(read) || read.length !== 2) fail('cursor_invalid');
  const [at, id]: unknown[] = read;
  if (typeof id !== 'string' || !contactId.test(id)) fail('cursor_invalid');
  if (key === 'null' && at === null) return { key: null, id };
  if (key === 'string' && typeof at === 'string' && at.length <= 400) return { key: at, id };
  if (key === 'number' && typeof at === 'number' && Number.isSafeInteger(at)) return { key: at, id };
  return fail('cursor_invalid');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined; // Nothing that was ever given out.
  }
}
