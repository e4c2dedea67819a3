import { readFileSync } from 'node:fs';
import { StorageOpenError } from '@tims/core/plugin';
import type { ConnectionOptions } from 'mysql2';

export interface Settings {
  connection: ConnectionOptions;
  /** Connections at most. */
  pool: number;
}

/**
 * Reads `mysql://user:password@host:3306/database` (`mariadb://` alike). Options, after `?`:
 * `pool=20` (default 10), `socket=/run/mysqld/mysqld.sock` instead of the host, `tls=true`, `tlsCa=/path/ca.pem`.
 *
 * @throws StorageOpenError, without the password in its text.
 */
export function readUrl(text: string): Settings {
  const url = parse(text);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw unusable('it names no database');
  const options = url.searchParams;
  for (const name of options.keys()) {
    if (!known.includes(name)) throw unusable(`there is no option "${name}"; the options are ${known.join(', ')}`);
  }
  const pool = Number(options.get('pool') ?? 10);
  if (!Number.isInteger(pool) || pool < 1) throw unusable('"pool" must be a whole number, at least 1');
  const socketPath = options.get('socket');
  return {
    pool,
    connection: {
      ...(socketPath ? { socketPath } : { host: url.hostname || '127.0.0.1', port: Number(url.port || 3306) }),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database,
      ...tls(options),
      ...sameOnEveryDatabase,
    },
  };
}

const known = ['pool', 'socket', 'tls', 'tlsCa'];

/** Values leave and arrive as they do with SQLite. */
const sameOnEveryDatabase: ConnectionOptions = {
  charset: 'utf8mb4',
  timezone: 'Z',
  // Integers past 2^53 come as text instead of being rounded; all others, and sums, are numbers.
  supportBigNumbers: true,
  bigNumberStrings: false,
  decimalNumbers: true,
  // JSON columns stay text, and an object given as a value is text too instead of becoming SQL.
  jsonStrings: true,
  stringifyObjects: true,
  // The server may not ask this client for local files.
  flags: ['-LOCAL_FILES'],
  connectTimeout: 10_000,
  enableKeepAlive: true,
};

function tls(options: URLSearchParams): ConnectionOptions {
  const ca = options.get('tlsCa');
  if (ca) return { ssl: { ca: contentOf(ca), rejectUnauthorized: true } };
  return options.get('tls') === 'true' ? { ssl: { rejectUnauthorized: true } } : {};
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unusable(`the certificate named by "tlsCa" cannot be read (${error})`);
  }
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw unusable('it is no URL');
  }
}

function unusable(why: string): StorageOpenError {
  return new StorageOpenError(
    `The address of the MySQL database cannot be used: ${why}. Write mysql://user:password@host:3306/database.`,
  );
}
