import { hostname } from 'node:os';
import { StorageOpenError } from '@tims/core/plugin';
import Database from 'better-sqlite3';

/**
 * Keeps a second server off one file. The lock is a write transaction on the sibling `<file>.lock`: the kernel drops it
 * with the process, kill -9 included, so there is nothing to clean up. The file stays: deleting it would race with the
 * next server.
 *
 * @returns releases the lock.
 * @throws StorageOpenError naming the process that has the file.
 */
export function lockFile(file: string): () => void {
  const db = new Database(`${file}.lock`, { timeout: 100 });
  try {
    introduce(db);
    // Without a write inside, this leaves the holder's name readable for whoever is refused.
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = holderOf(db);
    db.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw new StorageOpenError(
      `${file} is in use by another TIMS server (${holder}). Stop that one first, or give this one another ` +
        'TIMS_DATABASE_URL. Several servers on one database need MySQL or PostgreSQL.',
    );
  }
  return () => db.close();
}

/**
 * Writes who is about to hold the lock. Two that start in the same moment may both get here, and the refused one may
 * then read its own name; the lock itself is taken by one only.
 */
function introduce(db: Database.Database): void {
  db.transaction(() => {
    db.exec('create table if not exists holder (pid integer, host text)');
    db.exec('delete from holder');
    db.prepare('insert into holder values (?, ?)').run(process.pid, hostname());
  }).immediate();
}

function holderOf(db: Database.Database): string {
  try {
    // The table has this shape in every version of the lock.
    const holder = db.prepare('select pid, host from holder').get() as { pid: number; host: string } | undefined;
    return holder ? `process ${holder.pid} on ${holder.host}` : 'process unknown';
  } catch {
    return 'process unknown';
  }
}
