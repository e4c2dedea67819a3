import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Broken, type Drill } from './drill.js';
import type { Scene } from './scene.js';

/** The real program in a process of its own: what is killed here is what would be killed anywhere. */
export interface ServerProcess {
  url: string;
  port: number;
  pid: number;
  /** From the start of the process to the first 200 of /readyz, milliseconds. */
  readyMs: number;
  kill(signal: NodeJS.Signals): Promise<Ending>;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  ms: number;
}

const program = fileURLToPath(import.meta.resolve('@tims/server')).replace(/index\.(js|ts)$/, 'main.js');
/** A machine that does something else as well may need this long; the promises have their own bounds. */
const patienceMs = 30_000;

export interface ServerOptions {
  /** The same one again after a kill, so that whoever posts to it finds it. */
  port?: number;
  environment?: Record<string, string>;
}

export async function startServer(drill: Drill, scene: Scene, options: ServerOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const folder = join(scene.folder, `node-${port}`);
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'log');
  const started = performance.now();
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: {
      ...withoutOurs(process.env),
      ...scene.environment,
      TIMS_PORT: String(port),
      TIMS_DATA_DIR: folder,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log, { flags: 'a' });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  drill.defer(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Broken(`The server ended before it was ready. It said:\n${tail(log)}`);
    if (performance.now() - started > patienceMs)
      throw new Broken(`The server was not ready after ${patienceMs / 1000} s. It said:\n${tail(log)}`);
    await sleep(20);
  }
  return {
    url,
    port,
    pid: child.pid ?? 0,
    readyMs: Math.round(performance.now() - started),
    async kill(signal) {
      const at = performance.now();
      child.kill(signal);
      const [code, by] = await ended;
      return { code, signal: by, ms: Math.round(performance.now() - at) };
    },
  };
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // Nobody listens yet.
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Broken('The probe has no port');
  return address.port;
}

/** The person's own settings are not what a drill may touch. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TIMS_')));
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
}
