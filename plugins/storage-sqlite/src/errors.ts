import type { StorageErrorKind } from '@tims/core/plugin';

/** An error of the database as it arrives from the thread: `code` is SQLite's extended code, e.g. `SQLITE_FULL`. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function databaseError(code: string, message: string): SqliteError {
  return new SqliteError(code, message);
}

/** Source of the codes: https://sqlite.org/rescode.html */
export function classify(error: unknown): StorageErrorKind | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (unique.has(code)) return 'conflict';
  if (rowsFault.has(code) || code.startsWith('SQLITE_CONSTRAINT')) return 'data';
  // Also a missing table, a damaged file, a lost thread: nothing that one row could be blamed for.
  return 'unavailable';
}

const unique = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_ROWID']);

const rowsFault = new Set(['SQLITE_TOOBIG', 'SQLITE_MISMATCH', 'SQLITE_RANGE']);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // knex's own: every connection was taken for longer than a request may wait.
  if (error.name === 'KnexTimeoutError') return 'SQLITE_BUSY';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** What better-sqlite3 threw, as code and message; a value that cannot be bound has no code of its own. */
export function describe(error: unknown): { code: string; message: string } {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code !== undefined) return { code, message };
  if (error instanceof RangeError && /too big/i.test(message)) return { code: 'SQLITE_TOOBIG', message };
  if (error instanceof TypeError && /bind/i.test(message)) return { code: 'SQLITE_MISMATCH', message };
  return { code: 'SQLITE_ERROR', message };
}
