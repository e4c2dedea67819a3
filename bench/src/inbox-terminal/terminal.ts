import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program on a terminal of its own, seen as a terminal sees it. */
export interface Terminal {
  /** Presses keys, and answers with the milliseconds until something that fits was painted. */
  press(keys: string, painted: RegExp): Promise<number>;
  /** Resolves once something that fits was painted. */
  until(painted: RegExp, timeoutMs?: number): Promise<void>;
  /** Resolves when nothing was painted for so long. */
  quiet(ms: number): Promise<void>;
  bytes(): number;
  end(): Promise<void>;
}

/** `script` (util-linux) gives the program its terminal. */
export function openTerminal(
  command: string,
  { columns, rows, env, cwd }: { columns: number; rows: number; env: NodeJS.ProcessEnv; cwd: string },
): Terminal {
  const shell = `stty rows ${rows} cols ${columns}; exec ${command}`;
  const child = spawn('script', ['-qfec', shell, '/dev/null'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let recent = '';
  let total = 0;
  let paintedAt = performance.now();
  let look: (() => void) | undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    paintedAt = performance.now();
    total += chunk.length;
    recent = (recent + chunk).slice(-200_000);
    look?.();
  });
  const until = (painted: RegExp, timeoutMs = 20_000) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${painted} was not painted:\n${recent.slice(-2_000)}`)),
        timeoutMs,
      );
      look = () => {
        if (!painted.test(recent)) return;
        clearTimeout(timer);
        look = undefined;
        resolve();
      };
      look();
    });
  return {
    until,
    async press(keys, painted) {
      recent = '';
      const pressed = performance.now();
      const seen = until(painted);
      child.stdin.write(keys);
      await seen;
      return performance.now() - pressed;
    },
    async quiet(ms) {
      while (performance.now() - paintedAt < ms) await new Promise((resolve) => setTimeout(resolve, ms / 4));
    },
    bytes: () => total,
    async end() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
