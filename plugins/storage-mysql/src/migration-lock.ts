import { createHash } from 'node:crypto';
import { StorageOpenError } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { ask } from './ask.js';

/**
 * Holds a named lock of the server on a connection of its own. The server drops it with the connection, so it does not
 * outlive a killed process. Waits up to ten minutes for another holder.
 *
 * Should the lock's connection break in the middle, a second run may start: steps are safe to run again.
 */
export async function withMigrationLock<T>(db: Knex, work: () => Promise<T>): Promise<T> {
  // Beside the pool: `work` may need all of it. `Knex.client` is untyped; this is its mysql2 client.
  const client = db.client as Knex.Client;
  const connection = await client.acquireRawConnection();
  const onLock = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> =>
    (await connection.promise().query(sql, values))[0];
  try {
    const name = await lockName(db);
    const [answer] = await onLock('select get_lock(?, 600) as taken', [name]);
    if (answer?.taken !== 1) throw new StorageOpenError(refusal);
    return await work();
  } finally {
    // Ends the session and with it the lock.
    await client.destroyRawConnection(connection);
  }
}

const refusal =
  'Another process has been migrating this database for more than ten minutes. Look for a TIMS server that is starting, ' +
  'wait for it or stop it, and start this one again: what is done is not done twice.';

/** Names are the server's, 64 characters at most: so the database is part of it, shortened. */
async function lockName(db: Knex): Promise<string> {
  const [row] = await ask<{ name: string }>(db, 'select database() as name');
  return `tims_migrations_${createHash('sha256')
    .update(row?.name ?? '')
    .digest('hex')
    .slice(0, 32)}`;
}
