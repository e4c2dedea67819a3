import { createDatabase, lackOfMariadb, startMariadb } from '@tims/testing/mariadb';

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
    mariadb: async () => (await createDatabase(server)).url,
    close: () => server.stop(),
  };
}
