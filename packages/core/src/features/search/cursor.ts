import { fail } from '../../kernel/errors.js';

/** Where a search goes on. */
export interface SearchCursor {
  /** Only documents below this key. */
  below: number;
  /** By relevance: how many hits of the stretch that begins there were given already. */
  given: number;
  /** For somebody with many conversations: the place in their list from which on conversations are looked through. */
  conversations: string | null;
}

/** Beyond every key. */
export const top = Number.MAX_SAFE_INTEGER;

export function encodeSearch({ below, given, conversations }: SearchCursor): string {
  return Buffer.from(JSON.stringify([below, given, conversations])).toString('base64url');
}

/** @throws TimsError `cursor_invalid` for anything that `encodeSearch` did not write. */
export function decodeSearch(text: string | undefined): SearchCursor {
  if (text === undefined) return { below: top, given: 0, conversations: null };
  const match = /^\[(\d{1,16}),(\d{1,4}),(null|"[\w-]{0,120}")\]$/.exec(
    Buffer.from(text, 'base64url').toString('latin1'),
  );
  const below = Number(match?.[1]);
  if (!match?.[3] || !Number.isSafeInteger(below)) fail('cursor_invalid');
  return { below, given: Number(match[2]), conversations: match[3] === 'null' ? null : match[3].slice(1, -1) };
}
