import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { lackOfMariadb, type Mariadb, startMariadb } from '@tims/testing/mariadb';
import { createConnection } from 'mysql2/promise';

/** The databases of a bench run. */
export interface Databases {
  /** The address of a new, empty MariaDB database; undefined where there is no MariaDB. */
  mariadb(): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openDatabases(): Promise<Databases> {
  const lack = lackOfMariadb();
  if (lack) {
    process.stderr.write(`No figure for MariaDB: ${lack}\n`);
    return { mariadb: async () => undefined, close: async () => {} };
  }
  const server = await startMariadb();
  return {
    mariadb: () => newDatabase(server),
    close: () => server.stop(),
  };
}

async function newDatabase({ host, port, user, password }: Mariadb): Promise<string> {
  const name = `bench_${randomBytes(4).toString('hex')}`;
  for (let tries = 0; ; tries++) {
    try {
      const connection = await createConnection({ host, port, user, password });
      await connection.query(`create database ${name} character set utf8mb4`);
      await connection.end();
      return `mysql://${user}:${password}@${host}:${port}/${name}`;
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(100);
    }
  }
}
