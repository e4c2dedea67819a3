import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture } from '../setup/phase.mjs';

/**
 * @typedef {object} Generator
 * @property {string} name for people
 * @property {string[]} outputs the committed files, relative to the root
 * @property {(out: (output: string) => string) => string[]} command the command, run in the root; it must write each
 *   output where `out` says: the committed place, or a temporary one when it is only compared
 */

/**
 * Runs every generator, in the order of the list, into the committed places.
 *
 * @param {string} root
 * @param {Generator[]} generators
 * @throws when one fails
 */
export async function write(root, generators) {
  for (const generator of generators) {
    const problem = await run(root, generator, (output) => join(root, output));
    if (problem) throw new Error(problem);
  }
}

/**
 * Runs every generator into a temporary folder and compares with what is committed. A generator that reads another's
 * output reads the committed one, so each drift is named once, at its source.
 *
 * @param {string} root
 * @param {Generator[]} generators
 * @returns {Promise<string[]>} one line for each file that is missing or differs, or generator that fails
 */
export async function drifted(root, generators) {
  const temporary = mkdtempSync(join(tmpdir(), 'tims-generate-'));
  const findings = [];
  try {
    for (const generator of generators) {
      const problem = await run(root, generator, (output) => join(temporary, output));
      if (problem) findings.push(problem);
      else findings.push(...generator.outputs.flatMap((output) => compare(root, temporary, generator, output)));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return findings;
}

/** @returns {Promise<string | undefined>} what went wrong */
async function run(
  /** @type {string} */ root,
  /** @type {Generator} */ generator,
  /** @type {(output: string) => string} */ out,
) {
  for (const output of generator.outputs) mkdirSync(dirname(out(output)), { recursive: true });
  const command = generator.command(out);
  const { ok, output } = await capture(command, { cwd: root });
  return ok ? undefined : `${generator.name}: the generator failed\n$ ${command.join(' ')}\n${output}`;
}

function compare(
  /** @type {string} */ root,
  /** @type {string} */ temporary,
  /** @type {Generator} */ generator,
  /** @type {string} */ output,
) {
  const [committed, fresh] = [join(root, output), join(temporary, output)];
  if (!existsSync(fresh)) return [`${output}: the generator "${generator.name}" did not write it`];
  if (!existsSync(committed)) return [`${output}: missing; it comes from "${generator.name}"`];
  if (readFileSync(committed).equals(readFileSync(fresh))) return [];
  return [`${output}: differs from what "${generator.name}" writes now, from line ${firstChange(committed, fresh)} on`];
}

function firstChange(/** @type {string} */ committed, /** @type {string} */ fresh) {
  const [before, after] = [readFileSync(committed, 'utf8').split('\n'), readFileSync(fresh, 'utf8').split('\n')];
  return after.findIndex((line, index) => line !== before[index]) + 1 || after.length + 1;
}
