/**
 * `npm test`: all set-up, then every check, going on after a failure, and one summary.
 *
 *     npm test                                 everything
 *     npm test -- --only biome,imports         some parts (and the build, where they run it)
 *     npm test -- packages/core                the tests of one folder or file (and the build)
 *
 * A test that has to leave something out because the machine lacks it appends a line to the file named by
 * TIMS_TEST_LACKS: what is lacking and how to get it. The summary shows those lines; with CI=true each is a failure.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setUp } from './setup.mjs';
import { parts } from './test/parts.mjs';
import { runPart } from './test/run-part.mjs';
import { summary } from './test/summary.mjs';

const { values, positionals: files } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const lackFails = process.env.CI === 'true';
const folder = mkdtempSync(join(tmpdir(), 'tims-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const chosen = choose(parts(root, { files, folder }), values.only);
await setUp();
const results = await runAll(chosen);
console.log(summary(results, { lackFails }));
if (results.some((result) => result.state === 'failed')) process.exitCode = 1;

function choose(/** @type {import('./test/parts.mjs').Part[]} */ all, /** @type {string | undefined} */ only) {
  if (!only) return all;
  const names = only.split(',');
  const unknown = names.filter((name) => !all.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`No part is called ${unknown.join(', ')}. Parts: ${all.map((part) => part.name).join(', ')}`);
    process.exit(2);
  }
  const named = all.filter((part) => names.includes(part.name));
  const needsBuild = named.some((part) => part.runsBuild);
  return all.filter((part) => named.includes(part) || (needsBuild && part.name === 'build'));
}

async function runAll(/** @type {import('./test/parts.mjs').Part[]} */ list) {
  const lacksFile = join(folder, 'lacks');
  writeFileSync(lacksFile, '');
  const results = [];
  for (const part of list) results.push(await runPart(root, part, { lacksFile, lackFails }));
  return results;
}
