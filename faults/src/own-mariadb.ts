import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createDatabase, lackOfMariadb } from '@tims/testing/mariadb';
import type { Drill } from './drill.js';
import { freePort } from './server-process.js';

/** A MariaDB that can be killed and started again on the same data, with a real server's care for each commit. */
export interface OwnMariadb {
  /** An empty database. */
  url: string;
  start(): void;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export async function startOwnMariadb(drill: Drill): Promise<OwnMariadb | undefined> {
  const lack = lackOfMariadb();
  if (lack) {
    drill.lacks(`MariaDB: ${lack}`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tims-drill-mariadb-'));
  drill.defer(() => rmSync(folder, { recursive: true, force: true }));
  const access = { host: '127.0.0.1', port: await freePort(), user: 'tims', password: randomBytes(12).toString('hex') };
  const { username } = userInfo();
  execFileSync(
    binary('mariadb-install-db'),
    [
      '--no-defaults',
      `--user=${username}`,
      `--datadir=${folder}/data`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'ignore' },
  );
  const init = join(folder, 'init.sql');
  writeFileSync(
    init,
    `create user if not exists '${access.user}'@'%' identified by '${access.password}';\ngrant all on *.* to '${access.user}'@'%';\n`,
    {
      mode: 0o600,
    },
  );
  let child: ChildProcess | undefined;
  const start = () => {
    child = spawn(
      binary('mariadbd'),
      [
        '--no-defaults',
        `--user=${username}`,
        `--datadir=${folder}/data`,
        `--socket=${folder}/socket`,
        '--bind-address=127.0.0.1',
        `--port=${access.port}`,
        `--init-file=${init}`,
        '--skip-name-resolve',
        '--innodb-buffer-pool-size=64M',
        '--innodb-flush-log-at-trx-commit=1',
      ],
      { stdio: 'ignore' },
    );
  };
  drill.defer(() => child?.kill('SIGKILL'));
  start();
  return {
    url: (await createDatabase(access)).url,
    start,
    async end(signal) {
      if (!child) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

/** Debian keeps servers in /usr/sbin, which is not on everybody's PATH. */
function binary(name: string): string {
  return (
    ['/usr/sbin', '/usr/bin', '/usr/local/bin'].map((place) => join(place, name)).find((path) => existsSync(path)) ??
    name
  );
}
