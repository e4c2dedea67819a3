import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { lackOfMariadb, type Mariadb, startMariadb } from '@tims/testing/mariadb';
import { createConnection } from 'mysql2/promise';
import type { Drill } from './drill.js';

/** The address of a new, empty MariaDB database that ends with the drill; undefined where there is no MariaDB. */
export async function newMariadb(drill: Drill): Promise<string | undefined> {
  const lack = lackOfMariadb();
  if (lack) {
    drill.lacks(`MariaDB: ${lack}`);
    return undefined;
  }
  const server = await startMariadb();
  drill.defer(() => server.stop());
  return createDatabase(server);
}

export async function createDatabase({ host, port, user, password }: Omit<Mariadb, 'log'>): Promise<string> {
  const name = `drill_${randomBytes(4).toString('hex')}`;
  for (let tries = 0; ; tries++) {
    try {
      const connection = await createConnection({ host, port, user, password });
      await connection.query(`create database ${name} character set utf8mb4`);
      await connection.end();
      return `mysql://${user}:${password}@${host}:${port}/${name}`;
    } catch (error) {
      if (tries > 400) throw error;
      await sleep(100);
    }
  }
}
