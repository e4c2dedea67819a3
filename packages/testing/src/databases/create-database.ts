import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Mariadb } from './mariadb.js';

/** How to reach a server; its own log, where there is one, is quoted when it does not answer. */
export type MariadbAccess = Omit<Mariadb, 'log'> & Partial<Pick<Mariadb, 'log'>>;

/** A new, empty database on a server that may still be starting; one with a name is made where it is not there yet. */
export async function createDatabase(
  server: MariadbAccess,
  name = `tims_${randomBytes(6).toString('hex')}`,
): Promise<{ url: string; drop(): Promise<void> }> {
  const { host, port, user, password } = server;
  await run(server, `create database if not exists ${name} character set utf8mb4`);
  return {
    url: `mysql://${user}:${password}@${host}:${port}/${name}`,
    drop: () => run(server, `drop database ${name}`),
  };
}

async function run(server: MariadbAccess, sql: string): Promise<void> {
  const connection = await connectWhenReady(server);
  await connection.query(sql);
  await connection.end();
}

async function connectWhenReady({ host, port, user, password, log }: MariadbAccess): Promise<Connection> {
  for (let waited = 0; ; waited += 100) {
    try {
      return await createConnection({ host, port, user, password });
    } catch (error) {
      const said = log && existsSync(log) ? ` Its log:\n${readFileSync(log, 'utf8')}` : '';
      if (waited >= 45_000) throw new Error(`MariaDB does not answer.${said}`, { cause: error });
      await sleep(100);
    }
  }
}
