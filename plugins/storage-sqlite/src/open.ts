import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Storage, StorageOpenError } from '@tims/core/plugin';
import knex, { type Knex } from 'knex';
import { ThreadClient } from './client.js';
import { sqliteDialect } from './dialect.js';
import { lockFile } from './file-lock.js';
import { DatabaseThread } from './thread.js';

/**
 * Opens `sqlite:./relative/file.db` or `sqlite:/absolute/file.db`, creating the file and its folders.
 *
 * @throws StorageOpenError when the file is in use by another server or cannot be opened.
 */
export async function open(url: string): Promise<Storage> {
  const file = fileOf(url);
  const unlock = orSayWhy(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    return lockFile(file);
  });
  const writing = new DatabaseThread({ file, mode: 'writer' });
  const reading = new DatabaseThread({ file, mode: 'reader' });
  const writer = database(writing, 1);
  const reader = database(reading, 4);
  const close = async () => {
    await Promise.all([writer.destroy(), reader.destroy()]);
    await Promise.all([writing.close(), reading.close()]);
    unlock();
  };
  try {
    // In this order: the writer makes the file, and switches it to WAL, before a reader can open it.
    await writer.raw('select 1');
    await reader.raw('select 1');
  } catch (error) {
    await close();
    throw cannotOpen(file, error);
  }
  return { dialect: sqliteDialect(), writer, reader, ping: () => ping(writing, reading), close };
}

function fileOf(url: string): string {
  const path = /^sqlite:(?:\/\/(?=\/))?([^?#]+)$/.exec(url)?.[1];
  if (path === undefined || path === ':memory:' || path.startsWith('//')) {
    throw new StorageOpenError(
      `"${url}" names no SQLite file. Write sqlite:./data/tims.db or sqlite:/var/lib/tims.db.`,
    );
  }
  return resolve(path);
}

function database(thread: DatabaseThread, connections: number): Knex {
  return knex({
    client: ThreadClient,
    log: silent,
    // `thread` is ours, read by ThreadClient; knex's type lists the settings of its own drivers only.
    connection: { filename: 'in the thread', thread } as Knex.Sqlite3ConnectionConfig,
    useNullAsDefault: true,
    pool: { min: 1, max: connections },
    acquireConnectionTimeout: 10_000,
    // An error's text goes into logs, so the values of the statement stay out of it.
    compileSqlOnError: false,
  });
}

/** Asks beside the pool: a long transaction is no reason to call the database dead. */
async function ping(...threads: DatabaseThread[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.ping()));
}

function orSayWhy<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof StorageOpenError ? error : cannotOpen(file, error);
  }
}

const nothing = () => undefined;
/** knex would print to the console what it also rejects with; whoever asked reports it. */
const silent: Knex.Logger = { warn: nothing, error: nothing, debug: nothing, deprecate: nothing };

function cannotOpen(file: string, error: unknown): StorageOpenError {
  const why = error instanceof Error ? error.message : String(error);
  return new StorageOpenError(
    `Cannot open the SQLite file ${file}: ${why}. Check that the folder exists, that this user may write to it, and ` +
      'that the file is a TIMS database.',
    { cause: error },
  );
}
