import type { Knex } from 'knex';
import { fail } from '../kernel/errors.js';

/** A place in a list that is ordered by a time and an id. */
export interface PageCursor {
  at: number;
  id: string;
}

export interface PageRequest {
  cursor?: string;
  limit?: number;
}

export interface Page<T> {
  data: T[];
  /** Where the next page starts; null on the last. */
  nextCursor: string | null;
}

export const defaultLimit = 50;

export function encodePage(cursor: PageCursor): string {
  return Buffer.from(`${cursor.at}.${cursor.id}`).toString('base64url');
}

/** @throws TimsError `cursor_invalid` for anything that `encodePage` did not write. */
export function decodePage(text: string): PageCursor {
  const match = /^(\d{1,16})\.([a-z]{3}_[0-9a-z]{26})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (!match?.[1] || !match[2]) fail('cursor_invalid');
  return { at: Number(match[1]), id: match[2] };
}

/**
 * Rows strictly before (`desc`) or after (`asc`) the cursor in `(time, id)` order. The first condition alone bounds the
 * index range; the row comparison is written out because not every database uses an index for `(a, b) < (x, y)`.
 */
export function seek<Q extends Knex.QueryBuilder>(
  query: Q,
  time: string,
  id: string,
  direction: 'asc' | 'desc',
  cursor?: { at: number | string; id: string },
): Q {
  query.orderBy([
    { column: time, order: direction },
    { column: id, order: direction },
  ]);
  if (!cursor) return query;
  const beyond = direction === 'desc' ? '<' : '>';
  query.where(time, `${beyond}=`, cursor.at);
  query.where((or) => {
    or.where(time, beyond, cursor.at).orWhere(id, beyond, cursor.id);
  });
  return query;
}

/** Cuts the row that was read beyond the limit and turns it into the next cursor. */
export function toPage<R, T>(rows: R[], limit: number, place: (row: R) => PageCursor, present: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodePage(place(last)) : null,
  };
}
