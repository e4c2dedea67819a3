import type { StorageErrorKind } from '@tims/core/plugin';

/**
 * Sources: https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html and
 * https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
export function classify(error: unknown): StorageErrorKind | undefined {
  if (!(error instanceof Error)) return undefined;
  // knex's own: every connection was taken for longer than a request may wait.
  if (error.name === 'KnexTimeoutError') return 'unavailable';
  if (lostConnection(error)) return 'unavailable';
  if (!('sqlState' in error) || !('errno' in error) || typeof error.errno !== 'number') return undefined;
  // Also a missing table, a refused password, a full disk: nothing that one row could be blamed for.
  return kinds.get(error.errno) ?? 'unavailable';
}

const kinds = new Map<number, StorageErrorKind>([
  [1062, 'conflict'], // ER_DUP_ENTRY
  [1169, 'conflict'], // ER_DUP_UNIQUE
  [1586, 'conflict'], // ER_DUP_ENTRY_WITH_KEY_NAME
  [1213, 'retry'], // ER_LOCK_DEADLOCK
  [1205, 'retry'], // ER_LOCK_WAIT_TIMEOUT
  [1020, 'retry'], // ER_CHECKREAD: the row changed since it was read
  [3572, 'retry'], // ER_LOCK_NOWAIT
  ...[
    1048, // ER_BAD_NULL_ERROR
    1153, // ER_NET_PACKET_TOO_LARGE: one row alone is larger than a statement may be
    1216, // ER_NO_REFERENCED_ROW
    1217, // ER_ROW_IS_REFERENCED
    1264, // ER_WARN_DATA_OUT_OF_RANGE
    1265, // WARN_DATA_TRUNCATED
    1292, // ER_TRUNCATED_WRONG_VALUE
    1300, // ER_INVALID_CHARACTER_STRING
    1364, // ER_NO_DEFAULT_FOR_FIELD
    1365, // ER_DIVISION_BY_ZERO
    1366, // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
    1406, // ER_DATA_TOO_LONG
    1451, // ER_ROW_IS_REFERENCED_2
    1452, // ER_NO_REFERENCED_ROW_2
    1690, // ER_DATA_OUT_OF_RANGE
    3140, // ER_INVALID_JSON_TEXT
    3819, // ER_CHECK_CONSTRAINT_VIOLATED
    3988, // ER_CANNOT_CONVERT_STRING
    4025, // MariaDB: ER_CONSTRAINT_FAILED
    4078, // MariaDB: ER_ILLEGAL_PARAMETER_DATA_TYPES2_FOR_OPERATION
  ].map((errno) => [errno, 'data'] as const),
]);

/** An error of the socket or of the driver, not a server's answer; mysql2 calls it fatal for the connection. */
function lostConnection(error: Error): boolean {
  if ('sqlState' in error) return false;
  if ('fatal' in error && error.fatal === true) return true;
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('PROTOCOL_') || ('syscall' in error && socketCodes.has(code));
}

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
