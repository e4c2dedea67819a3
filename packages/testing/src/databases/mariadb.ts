import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** A private MariaDB server for one test run. */
export interface Mariadb {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The server's own log, for when it does not start. */
  log: string;
}

const binaries = { server: 'mariadbd', install: 'mariadb-install-db' };

/** Why there can be no MariaDB here, with the mend; undefined when there can. */
export function lackOfMariadb(): string | undefined {
  const missing = Object.values(binaries).filter((name) => findBinary(name) === undefined);
  if (missing.length === 0) return undefined;
  return `${missing.join(' and ')} not found: install it with "apt-get install mariadb-server"`;
}

export interface MariadbOptions {
  /** Where its data lies, and stays when it stops; a folder that goes with it unless told. */
  folder?: string;
  /** What it holds of its data in memory. */
  memoryMb?: number;
}

/**
 * Starts a server in a folder of its own, on a free port of the loopback address. Returns before it answers, so a run
 * that needs no MariaDB does not wait for it.
 */
export async function startMariadb({
  folder: kept,
  memoryMb = 64,
}: MariadbOptions = {}): Promise<Mariadb & { stop(): Promise<void> }> {
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'tims-mariadb-')) : resolve(kept);
  const server = {
    host: '127.0.0.1',
    port: await freePort(),
    user: 'tims',
    password: randomBytes(12).toString('hex'),
    log: join(folder, 'log'),
  };
  writeFileSync(join(folder, 'init.sql'), usersFor(server), { mode: 0o600 });
  const ending = kept === undefined ? 'remove' : 'keep';
  const logMb = Math.max(16, memoryMb / 4);
  const args = [folder, ...commands(server.port), ending, `${memoryMb}M`, `${logMb}M`];
  const guard = spawn('sh', ['-c', guardScript, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  return { ...server, stop: () => stop(guard) };
}

/**
 * Ends the server when the test run ends, however that happens: the script's standard input closes with the run. It is a
 * group of its own, so that an interrupt from the keyboard reaches the run and not the script.
 */
const guardScript = `
  folder=$1; install=$2; server=$3; user=$4; port=$5; ending=$6; memory=$7; log=$8
  trap '' INT TERM HUP
  # Of its own: a server that starts removes the temporary tables that it finds, also those of another one.
  mkdir -p "$folder/tmp"
  [ -d "$folder/data/mysql" ] || "$install" --no-defaults --user="$user" --datadir="$folder/data" --tmpdir="$folder/tmp" --auth-root-authentication-method=normal \
    --skip-test-db --innodb-log-file-size="$log" >>"$folder/log" 2>&1
  "$server" --no-defaults --user="$user" --datadir="$folder/data" --tmpdir="$folder/tmp" --socket="$folder/socket" --pid-file="$folder/pid" \
    --bind-address=127.0.0.1 --port="$port" --skip-name-resolve --init-file="$folder/init.sql" \
    --innodb-log-file-size="$log" --innodb-buffer-pool-size="$memory" --innodb-flush-log-at-trx-commit=2 \
    --innodb-doublewrite=0 --skip-log-bin --performance-schema=0 >>"$folder/log" 2>&1 &
  pid=$!
  read -r ended
  # What stays is closed in order, and told so again: a server that is just starting does not listen yet.
  if [ "$ending" = keep ]; then
    while kill "$pid" 2>/dev/null; do sleep 1; done >/dev/null 2>&1 &
  else
    kill -9 "$pid" 2>/dev/null
  fi
  wait "$pid" 2>/dev/null
  [ "$ending" = keep ] || rm -rf "$folder"
`;

function commands(port: number): string[] {
  return [findBinary(binaries.install) ?? '', findBinary(binaries.server) ?? '', userInfo().username, String(port)];
}

/** One statement a line, as the server wants it. */
function usersFor({ user, password }: { user: string; password: string }): string {
  return [
    `create or replace user '${user}'@'%' identified by '${password}';`,
    `grant all on *.* to '${user}'@'%';`,
    `alter user 'root'@'localhost' identified by '${password}';`,
    '',
  ].join('\n');
}

async function stop(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return;
  const ended = once(guard, 'exit');
  guard.stdin?.end();
  await ended;
}

/** Debian keeps servers in /usr/sbin, which is not on everybody's PATH. */
function findBinary(name: string): string | undefined {
  const usual = ['/usr/sbin', '/usr/bin', '/usr/local/bin'].map((folder) => join(folder, name));
  const found = usual.find((path) => existsSync(path));
  if (found) return found;
  try {
    return execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('The probe has no port');
  return address.port;
}
