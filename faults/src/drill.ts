import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** What a drill has at hand. */
export interface Drill {
  /** Fewer and smaller rounds: the form that the test command runs. */
  short: boolean;
  /** One line for whoever watches. */
  say(line: string): void;
  /** Notes a figure for the report. */
  figure(name: string, value: number | string): void;
  /** Says that a part was left out because the machine lacks something. */
  lacks(what: string): void;
  /** Undone when the drill ends, however it ends; the last first. */
  defer(undo: () => unknown): void;
}

/** A promise that did not hold. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export function hold(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Broken(otherwise);
}

/**
 * Runs one drill as this process: progress on stderr, one JSON line on stdout, exit code 1 when the promise broke.
 * What was deferred is undone also when the drill is interrupted.
 *
 * @param limitMs longer than this it does not take, on the slowest machine.
 */
export async function drill(
  name: string,
  promise: string,
  limitMs: { short: number; long: number },
  run: (drill: Drill) => Promise<void>,
): Promise<void> {
  const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
  const { short } = values;
  const started = Date.now();
  const undo: (() => unknown)[] = [];
  const figures: Record<string, number | string> = {};
  const lacking: string[] = [];
  const say = (line: string) => void process.stderr.write(`${name} ${seconds(started).padStart(7)}  ${line}\n`);

  const end = async (error?: unknown) => {
    clearTimeout(late);
    // A second interrupt, or an error while undoing, must not leave the rest behind.
    for (let next = undo.pop(); next; next = undo.pop())
      await Promise.resolve()
        .then(next)
        .catch((fault) => say(`not undone: ${fault}`));
    if (error)
      say(error instanceof Broken ? `BROKEN: ${error.message}` : String(error instanceof Error ? error.stack : error));
    process.stdout.write(
      `${JSON.stringify({ name, promise, ok: !error, short, ms: Date.now() - started, figures, lacking })}\n`,
    );
    process.exit(error ? 1 : 0);
  };
  const late = setTimeout(
    () => void end(new Broken(`It took longer than ${(short ? limitMs.short : limitMs.long) / 1000} s`)),
    short ? limitMs.short : limitMs.long,
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void end(new Broken(`interrupted by ${signal}`)));
  // Whatever happens to this process, no child of it stays.
  process.on('exit', () => {
    for (const next of undo.reverse()) next();
  });

  say(promise);
  try {
    await run({
      short,
      say,
      figure: (figure, value) => {
        figures[figure] = value;
        say(`${figure}: ${value}`);
      },
      lacks: (what) => {
        lacking.push(what);
        say(`left out: ${what}`);
        const list = process.env.TIMS_TEST_LACKS;
        if (list) appendFileSync(list, `${name}: ${what}\n`);
      },
      defer: (one) => void undo.push(one),
    });
  } catch (error) {
    return end(error);
  }
  return end();
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
