import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage, StoragePlugin } from '@tims/core/plugin';
import { type Connection, createConnection } from 'mysql2/promise';
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
  const name = `tims_test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(server, `create database ${name} character set utf8mb4`);
  const url = `mysql://${server.user}:${server.password}@${server.host}:${server.port}/${name}`;
  const storage = await plugin.open(url);
  const close = async () => {
    await storage.close();
    await asAdministrator(server, `drop database ${name}`);
  };
  return { name: 'MariaDB', url, plugin, storage, close };
}

async function asAdministrator(server: Mariadb, sql: string): Promise<void> {
  const connection = await connectWhenReady(server);
  await connection.query(sql);
  await connection.end();
}

/** The run's server starts while the first tests already run. */
async function connectWhenReady(server: Mariadb): Promise<Connection> {
  const { host, port, user, password } = server;
  for (let waited = 0; ; waited += 100) {
    try {
      return await createConnection({ host, port, user, password });
    } catch (error) {
      if (waited >= 45_000)
        throw new Error(`MariaDB does not answer. Its log:\n${readFileSync(server.log, 'utf8')}`, { cause: error });
      await sleep(100);
    }
  }
}
