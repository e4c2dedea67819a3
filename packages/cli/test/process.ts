import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const shim = fileURLToPath(new URL('../bin/tims.js', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Place {
  /** An empty folder: working directory, data and profiles of every command that runs here. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Runs the built command to its end. */
  tims(args: string[], options?: { input?: string; env?: NodeJS.ProcessEnv }): Promise<Ended>;
  /** Starts the built command and leaves it running until the place is left. */
  start(args: string[], options?: { env?: NodeJS.ProcessEnv }): Running;
  leave(): Promise<void>;
}

export interface Running {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves with the match once the output has it; rejects when the process ends before. */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** A place of its own, on ports that the system chooses. */
export function newPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'tims-cli-'));
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TIMS_'))),
    XDG_CONFIG_HOME: join(folder, 'config'),
    TIMS_PORT: '0',
    TIMS_SIMULATOR_PORT: '0',
  };
  const running: Running[] = [];
  const start: Place['start'] = (args, options = {}) => {
    const one = run(args, folder, { ...env, ...options.env });
    running.push(one);
    return one;
  };
  return {
    folder,
    env,
    start,
    tims(args, { input, env: more } = {}) {
      const one = run(args, folder, { ...env, ...more });
      one.child.stdin?.end(input ?? '');
      return one.ended;
    },
    async leave() {
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all(running.map(({ ended }) => ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [shim, ...args], { cwd, env, stdio: 'pipe' });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...text })));
  return {
    child,
    ended,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    until: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text[stream]);
          if (match) resolve(match);
        };
        look();
        child[stream].on('data', look);
        void ended.then((end) => reject(new Error(`It ended before ${pattern}:\n${end.stdout}\n${end.stderr}`)));
      }),
  };
}

/** The address in the closing lines of a server. */
export async function addressOf(server: Running): Promise<string> {
  return (await server.until('stdout', /TIMS is ready at (\S+)[\s\S]*Stop with/))[1] ?? '';
}
