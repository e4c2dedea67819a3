import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median, rounded } from '../statistics.js';

const command = fileURLToPath(new URL('../../../packages/cli/bin/tims.js', import.meta.url));
const rounds = 5;
const idleMs = 30_000;

/** How soon the server is ready on a database that exists, and what it holds in memory when nobody asks anything. */
export async function start(progress: (line: string) => void): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-bench-'));
  try {
    await (await startServer(folder)).stop();
    const readyMs: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const server = await startServer(folder);
      readyMs.push(server.readyMs);
      progress(`round ${round}: ready after ${Math.round(server.readyMs)} ms`);
      await server.stop();
    }
    const server = await startServer(folder);
    progress(`idle for ${idleMs / 1000} s`);
    await sleep(idleMs);
    const idleRssMb = server.rssMb();
    await server.stop();
    return { name: 'start', readyMs: Math.round(median(readyMs)), idleRssMb: rounded(idleRssMb, 1), rounds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Started {
  readyMs: number;
  rssMb(): number;
  stop(): Promise<void>;
}

async function startServer(folder: string): Promise<Started> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'start'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TIMS_PORT: String(port),
      TIMS_DATA_DIR: folder,
      TIMS_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(child, port);
  return {
    readyMs: performance.now() - started,
    rssMb: () => residentMb(child.pid),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 10) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it was ready`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(10);
  }
  throw new Error('The server was not ready within a minute');
}

/** What the kernel counts as resident, as `ps` shows it. */
function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
