import { type Storage, StorageOpenError } from '@tims/core/plugin';
import knex, { type Knex } from 'knex';
import type { Connection } from 'mysql2';
import { LaneClient } from './client.js';
import { mysqlDialect } from './dialect.js';
import { askServer } from './server.js';
import { readUrl, type Settings } from './settings.js';

/**
 * Opens a database that exists already; {@link readUrl} says how the URL is written.
 *
 * @throws StorageOpenError when the server refuses, cannot be reached or is too old.
 */
export async function open(url: string): Promise<Storage> {
  const settings = readUrl(url);
  const writer = connect(settings);
  // A pool of its own: a read on behalf of a transaction must not wait for the transactions that wait for it.
  const reader = connect(settings);
  const close = async () => {
    await Promise.all([writer.destroy(), reader.destroy()]);
  };
  try {
    const server = await askServer(writer);
    const ping = async () => void (await reader.raw('select 1'));
    return { dialect: mysqlDialect(server), writer, reader, ping, close };
  } catch (error) {
    await close();
    throw error instanceof StorageOpenError ? error : cannotOpen(settings, error);
  }
}

function connect({ connection, pool }: Settings): Knex {
  return knex({
    client: LaneClient,
    log: silent,
    // knex's type lists fewer settings than mysql2 takes; it hands all of them on.
    connection: connection as Knex.MySql2ConnectionConfig,
    pool: { min: 0, max: pool, afterCreate: prepareSession },
    acquireConnectionTimeout: 10_000,
    // An error's text goes into logs, so the values of the statement stay out of it.
    compileSqlOnError: false,
  });
}

const session = [
  // Under the default, gap locks would make writers of unrelated rows wait for each other.
  'set session transaction isolation level read committed',
  `set session time_zone = '+00:00', innodb_lock_wait_timeout = 10,
     sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
];

type Done = (error: Error | null, connection: Connection) => void;

async function prepareSession(connection: Connection, done: Done): Promise<void> {
  try {
    for (const statement of session) await connection.promise().query(statement);
    done(null, connection);
  } catch (error) {
    // mysql2 rejects with errors only.
    done(error as Error, connection);
  }
}

const nothing = () => undefined;
/** knex would print to the console what it also rejects with; whoever asked reports it. */
const silent: Knex.Logger = { warn: nothing, error: nothing, debug: nothing, deprecate: nothing };

function cannotOpen({ connection }: Settings, error: unknown): StorageOpenError {
  const where = connection.socketPath ?? `${connection.host}:${connection.port}`;
  const why = error instanceof Error ? error.message || String(codeOf(error)) : String(error);
  const mend = mends[String(codeOf(error))] ?? 'Check that the server runs and that TIMS_DATABASE_URL is right.';
  return new StorageOpenError(`Cannot open the database "${connection.database}" at ${where}: ${why}. ${mend}`, {
    cause: error,
  });
}

const mends: Record<string, string> = {
  ER_ACCESS_DENIED_ERROR: 'Check the user and password in TIMS_DATABASE_URL.',
  ER_DBACCESS_DENIED_ERROR: 'Grant this user all privileges on the database.',
  ER_BAD_DB_ERROR: 'Create it: CREATE DATABASE … CHARACTER SET utf8mb4.',
};

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
