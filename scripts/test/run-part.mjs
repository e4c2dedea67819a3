import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { capture, seconds } from '../setup/phase.mjs';

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {'ok' | 'failed' | 'lacking'} state
 * @property {number} ms
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} lacks what the machine lacks for it, one sentence each
 */

/**
 * Runs one part, and says at once what failed.
 *
 * @param {string} root
 * @param {import('./parts.mjs').Part} part
 * @param {{lacksFile: string, lackFails: boolean, say?: (text: string) => void}} options a part's processes append a line to `lacksFile` (they find
 *   it in TIMS_TEST_LACKS) for each thing they had to leave out because the machine lacks something
 * @returns {Promise<Result>}
 */
export async function runPart(root, part, { lacksFile, lackFails, say = console.log }) {
  const started = Date.now();
  const before = lines(lacksFile);
  say(`\n${part.name}: ${part.what} …`);
  const env = { ...process.env, TIMS_TEST_LACKS: lacksFile };
  const { ok, output } = part.live
    ? await show(part.command, root, env)
    : await capture(part.command, { cwd: root, env });
  const lacks = [...new Set(lines(lacksFile).slice(before.length))];

  const counts = part.counts?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // Errors outside any test (an unhandled rejection) fail the run and no test.
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (lackFails) counts.failed += lacks.length;

  const state = counts.failed > 0 ? 'failed' : lacks.length > 0 ? 'lacking' : 'ok';
  if (!ok) say(`${output}\n$ ${part.command.join(' ')}`);
  say(`${part.name}: ${state === 'failed' ? 'FAILED' : state} after ${seconds(started)}`);
  return { name: part.name, state, ms: Date.now() - started, ...counts, lacks };
}

function lines(/** @type {string} */ file) {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/** @returns {Promise<{ok: boolean, output: string}>} */
function show(
  /** @type {string[]} */ [file = '', ...args],
  /** @type {string} */ cwd,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: '' }));
  });
}
