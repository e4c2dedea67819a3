import { appendFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { lackOfMariadb, type Mariadb, startMariadb } from './mariadb.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's MariaDB, or why there is none. */
    mariadb: Mariadb | { lacking: string };
  }
}

/** For vitest's `globalSetup`: one MariaDB for the whole run, gone with it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const lacking = lackOfMariadb();
  if (lacking !== undefined) {
    if (process.env.CI === 'true') throw new Error(`The tests on MariaDB cannot run: ${lacking}`);
    // Read by the test command, whose closing summary names what was not tested.
    const list = process.env.TIMS_TEST_LACKS;
    if (list) appendFileSync(list, `MariaDB: ${lacking}\n`);
    project.provide('mariadb', { lacking });
    return undefined;
  }
  const { stop, ...server } = await startMariadb();
  project.provide('mariadb', server);
  return stop;
}
