import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { webInboxCommand } from '../setup/web-inbox.mjs';
import { buildCommand } from '../setup.mjs';
import { countTests } from './vitest-counts.mjs';

/**
 * @typedef {object} Part one step of the test command
 * @property {string} name
 * @property {string} what for people
 * @property {string[]} command run in the root
 * @property {boolean} [runsBuild] it runs what the build made
 * @property {boolean} [live] shows its output while it runs, because it is long
 * @property {() => import('./vitest-counts.mjs').Counts} [counts] its single tests; without it the part counts as one
 */

const node = process.execPath;
const tsc = 'node_modules/typescript/bin/tsc';
const biome = 'node_modules/@biomejs/biome/bin/biome';
const eslint = 'node_modules/eslint/bin/eslint.js';
const depcruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const knip = 'node_modules/knip/bin/knip.js';

/**
 * @param {string} root
 * @param {{files: string[], folder: string}} options `files`: only the build and these tests run; `folder`: for reports
 * @returns {Part[]} in the order in which they run
 */
export function parts(root, { files, folder }) {
  const webInbox = { name: 'web-inbox', what: 'the web inbox builds', command: webInboxCommand };
  if (files.length > 0) return [build, webInbox, vitest(files, folder)];
  return [
    build,
    webInbox,
    {
      name: 'web-inbox-types',
      what: 'the web inbox and its tests type-check',
      command: [node, tsc, '-p', 'examples/web-inbox'],
    },
    { name: 'types', what: 'tests, benches and scripts type-check', command: [node, tsc, '-p', 'tsconfig.check.json'] },
    { name: 'biome', what: 'format and lint', command: [node, biome, 'ci', '.'] },
    { name: 'promises', what: 'no promise is left floating', command: [node, eslint, '--max-warnings=0', '.'] },
    { name: 'imports', what: 'import rules', command: [node, depcruise, ...cruised(root)] },
    { name: 'dead-code', what: 'unused files, exports, dependencies', command: [node, knip, '--no-config-hints'] },
    {
      name: 'generated',
      what: 'generated files are fresh',
      runsBuild: true,
      command: [node, 'scripts/generate.mjs', '--check'],
    },
    vitest([], folder),
    {
      name: 'docs',
      what: 'the documentation builds, and no link in it is dead',
      command: [node, 'scripts/docs.mjs', '--check'],
    },
    ...faults(root),
    { name: 'smoke', what: 'the server starts and stops', runsBuild: true, command: [node, 'scripts/smoke.mjs'] },
    {
      name: 'smoke-demo',
      what: 'the demo starts and is alive',
      runsBuild: true,
      command: [node, 'scripts/smoke.mjs', '--demo'],
    },
  ];
}

/** @type {Part} */
const build = { name: 'build', what: 'the packages compile', command: buildCommand };

/** @returns {Part} */
function vitest(/** @type {string[]} */ files, /** @type {string} */ folder) {
  const report = join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: 'vitest',
    what: 'tests',
    runsBuild: true,
    live: true,
    command: [node, 'node_modules/vitest/vitest.mjs', 'run', ...files, ...reporters],
    counts: () => countTests(report),
  };
}

/** @returns {Part[]} */
function faults(/** @type {string} */ root) {
  if (!existsSync(join(root, 'scripts/faults.mjs'))) return [];
  return [
    {
      name: 'faults',
      what: 'promises under faults, the short run',
      runsBuild: true,
      live: true,
      command: [node, 'scripts/faults.mjs', '--short'],
    },
  ];
}

function cruised(/** @type {string} */ root) {
  return ['packages', 'plugins', 'examples', 'faults', 'bench'].filter((folder) => existsSync(join(root, folder)));
}
