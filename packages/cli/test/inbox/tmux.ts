import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A terminal of a certain size with one command in it. */
export interface Pane {
  /** Presses keys by tmux's names: `Enter`, `Escape`, `M-Enter`, `C-o`. */
  press(...keys: string[]): void;
  /** Types it letter by letter, as it is. */
  type(text: string): void;
  /** The screen as text; with `styles` also its colours. */
  screen(options?: { styles?: boolean }): string;
  /** Resolves with the screen once it fits; fails with the screen when it does not within the time. */
  until(fits: RegExp | ((screen: string) => boolean), what?: string): Promise<string>;
  resize(columns: number, rows: number): void;
  /** Whether the alternate screen is shown. */
  alternate(): boolean;
  /** The process of the command. */
  pid(): number;
  /** Leaves a picture of the screen in `.cache/screens/terminal`. */
  keep(name: string): string;
}

/** A tmux server of our own: nobody else's is touched. */
export interface Tmux {
  open(command: string, options: { columns: number; rows: number; cwd: string; env: NodeJS.ProcessEnv }): Pane;
  end(): void;
}

/** Why tmux cannot be used; undefined where it can. It is noted for the summary of the test command. */
export function lackOfTmux(): string | undefined {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return undefined;
  } catch {
    const lacking = 'the terminal inbox end to end: apt-get install tmux';
    if (process.env.TIMS_TEST_LACKS) appendFileSync(process.env.TIMS_TEST_LACKS, `tmux: ${lacking}\n`);
    return lacking;
  }
}

const pictures = fileURLToPath(new URL('../../../../.cache/screens/terminal', import.meta.url));
const waitMs = 20_000;

export function startTmux(): Tmux {
  const socket = `tims-test-${process.pid}`;
  // What the run of the tests is told about its own output is nothing to the terminal's.
  const { CI: _ci, NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...own } = process.env;
  const env = { ...own, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', env });
  let count = 0;

  return {
    open(command, { columns, rows, cwd, env: wanted }) {
      const name = `pane${++count}`;
      const target = `${name}:0.0`;
      const settings = Object.entries(wanted).flatMap(([key, value]) =>
        value === undefined ? [] : ['-e', `${key}=${value}`],
      );
      const size = ['-x', String(columns), '-y', String(rows)];
      // The shell stays, so that what the command leaves on the screen can be seen.
      tmux(
        'new-session',
        '-d',
        '-s',
        name,
        ...size,
        '-c',
        cwd,
        ...settings,
        `${command}; echo "ended with $?"; exec sleep 600`,
      );
      for (const option of [
        ['escape-time', '0'],
        ['status', 'off'],
      ])
        tmux('set', '-g', ...option);
      const pane: Pane = {
        press: (...keys) => void tmux('send-keys', '-t', target, ...keys),
        type: (text) => void tmux('send-keys', '-t', target, '-l', text),
        screen: ({ styles = false } = {}) => tmux('capture-pane', '-p', ...(styles ? ['-e'] : []), '-t', target),
        async until(fits, what = String(fits)) {
          const matches = typeof fits === 'function' ? fits : (screen: string) => fits.test(screen);
          for (const started = Date.now(); ; await sleep(40)) {
            const screen = pane.screen();
            if (matches(screen)) return screen;
            if (Date.now() - started > waitMs) throw new Error(`The screen never had ${what}:\n${screen}`);
          }
        },
        resize: (width, height) => void tmux('resize-window', '-t', target, '-x', String(width), '-y', String(height)),
        alternate: () => tmux('display', '-p', '-t', target, '#{alternate_on}').trim() === '1',
        pid() {
          const shell = tmux('display', '-p', '-t', target, '#{pane_pid}').trim();
          const [child] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
          // Zero would name our own process group.
          if (!child) throw new Error('The command has ended');
          return Number(child);
        },
        keep(file) {
          mkdirSync(pictures, { recursive: true });
          writeFileSync(join(pictures, `${file}.txt`), pane.screen({ styles: true }));
          return pane.screen();
        },
      };
      return pane;
    },
    end() {
      if (count > 0) tmux('kill-server');
    },
  };
}
