import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage, StoragePlugin } from '@tims/core/plugin';
import { createDatabase } from './create-database.js';
import type { Mariadb } from './mariadb.js';

/** An empty database of a test's own. */
export interface TestDatabase {
  name: string;
  /** For a server in another process; SQLite only after `storage.close()`, since one process has the file. */
  url: string;
  plugin: StoragePlugin;
  storage: Storage;
  /** Closes the storage and deletes the database. */
  close(): Promise<void>;
}

export async function openSqlite(): Promise<TestDatabase> {
  const { default: plugin } = await import('@tims/storage-sqlite');
  const folder = mkdtempSync(join(tmpdir(), 'tims-test-'));
  const url = `sqlite:${join(folder, 'tims.db')}`;
  const storage = await plugin.open(url);
  const close = async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { name: 'SQLite', url, plugin, storage, close };
}

export async function openMariadb(server: Mariadb): Promise<TestDatabase> {
  const { default: plugin } = await import('@tims/storage-mysql');
  const { url, drop } = await createDatabase(server);
  const storage = await plugin.open(url);
  const close = async () => {
    await storage.close();
    await drop();
  };
  return { name: 'MariaDB', url, plugin, storage, close };
}
