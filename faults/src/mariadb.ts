import { createDatabase, lackOfMariadb, startMariadb } from '@tims/testing/mariadb';
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
  return (await createDatabase(server)).url;
}
