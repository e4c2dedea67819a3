/**
 * `npm run faults`: sets up, builds, runs the fault drills one after the other against real servers.
 *
 *     npm run faults                      all, in their long form (some minutes)
 *     npm run faults -- r1 r5             some of them
 *     npm run faults -- --short           the form that `npm test` runs
 *     npm run faults -- --short --json    one JSON line on stdout instead of the table
 *
 * Exit code 1 when a promise broke. Progress on stderr, the table on stdout.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root, setUp } from './setup.mjs';

/** What each drill needs beside Node decides whether the short run has it: that one must run anywhere, in a minute. */
const drills = ['r1', 'r2', 'r3', 'r4', 'r5', 'r7', 'r8', 'r9', 'r10', 'r17'];
const inShortRun = ['r1', 'r2', 'r3', 'r4', 'r5', 'r8', 'r9', 'r17'];

/** @typedef {{name: string, promise: string, ok: boolean, ms: number, figures: Record<string, number | string>, lacking: string[]}} Result */

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { short, json } = values;
const names = choose(positionals.map((name) => name.toLowerCase()));

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // The drill ends its servers before it ends itself.
  process.on(signal, () => {
    names.length = 0;
    running?.kill('SIGTERM');
  });
}

await setUp();
await build();
/** @type {Result[]} */
const results = [];
for (let name = names.shift(); name; name = names.shift()) results.push(await run(name));
const failed = results.filter((result) => !result.ok).length;
const summary = `${results.length - failed} passed, ${failed} failed`;
if (json) console.error(summary);
console.log(json ? JSON.stringify({ results }) : `${table(results)}\n${summary}`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;

function choose(/** @type {string[]} */ wanted) {
  const unknown = wanted.filter((name) => !drills.includes(name));
  if (unknown.length > 0) {
    console.error(`No drill is called ${unknown.join(', ')}. Drills: ${drills.join(', ')}`);
    process.exit(2);
  }
  if (wanted.length > 0) return wanted;
  return short ? [...inShortRun] : [...drills];
}

/** @returns {Promise<Result>} */
function run(/** @type {string} */ name) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'faults/dist', `${name}.js`), ...(short ? ['--short'] : [])], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own: an interrupt from the keyboard comes to it once, from here.
      detached: true,
    });
    running = child;
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve(broken(name, started, error.message)));
    child.on('close', (code, signal) => {
      running = undefined;
      const line = output.trim().split('\n').at(-1) ?? '';
      resolve(line.startsWith('{') ? JSON.parse(line) : broken(name, started, `ended with ${signal ?? code}`));
    });
  });
}

/** @returns {Result} */
function broken(/** @type {string} */ name, /** @type {number} */ started, /** @type {string} */ why) {
  return { name: name.toUpperCase(), promise: why, ok: false, ms: Date.now() - started, figures: {}, lacking: [] };
}

function table(/** @type {Result[]} */ all) {
  return all
    .flatMap(({ name, promise, ok, ms, figures, lacking }) => [
      `\n${ok ? (lacking.length > 0 ? 'part' : 'ok  ') : 'FAIL'} ${name.padEnd(4)} ${(ms / 1000).toFixed(1).padStart(6)} s  ${promise}`,
      ...Object.entries(figures).map(([figure, value]) => `                      ${figure}: ${value}`),
      ...lacking.map((what) => `                      left out: ${what}`),
    ])
    .join('\n');
}
