import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { missingTools } from './machine.mjs';
import { capture, phase } from './phase.mjs';

/**
 * Installs what the lockfile names, unless node_modules already holds just that for this Node.
 *
 * @param {string} root
 * @returns {Promise<boolean>} false when it failed; the reason is printed
 */
export async function install(root) {
  const stamp = join(root, 'node_modules', '.tims-installed');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;

  const missing = missingTools();
  if (missing.length > 0) {
    console.error(missing.join('\n'));
    return false;
  }
  // A run that is cut off must not leave a stamp that says all is well.
  rmSync(stamp, { force: true });
  const pnpm = pnpmCommand(root);
  const title = 'Installing packages (the first time compiles SQLite, about a minute)';
  if (!(await phase(title, [...pnpm, 'install', '--frozen-lockfile', replaceUnasked], { cwd: root, env: unasked })))
    return false;
  if (!(await nativesLoad(root))) {
    // pnpm keeps what another Node compiled: the lockfile is the same.
    const rebuild = [...pnpm, 'rebuild', '--recursive', 'better-sqlite3', 'bcrypt'];
    if (!(await phase('Compiling SQLite for this Node', rebuild, { cwd: root, env: unasked }))) return false;
    const again = await capture(loadNatives, { cwd: join(root, 'plugins/storage-sqlite') });
    if (!again.ok) {
      console.error(`SQLite was compiled but does not load in Node ${process.version}:\n${again.output}`);
      return false;
    }
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** pnpm asks before it replaces a node_modules that it cannot mend, and nobody is there to answer. */
const replaceUnasked = '--config.confirmModulesPurge=false';
const unasked = { ...process.env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...headersOfThisNode() };

/** The pnpm that package.json pins: a global one of that very version, else npx brings it. */
function pnpmCommand(/** @type {string} */ root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = packageManager.replace('pnpm@', '');
  const present = spawnSync('pnpm', ['--version'], { cwd: root, env: unasked, encoding: 'utf8' });
  return present.stdout?.trim() === version ? ['pnpm'] : ['npx', '--yes', packageManager];
}

const loadNatives = [
  process.execPath,
  '--eval',
  "const Database = require('better-sqlite3'); new Database(':memory:').close()",
];

/**
 * Compiles against the headers that came with this Node, where they did; node-gyp would download them, or use those of
 * another Node that a user's .npmrc names.
 */
function headersOfThisNode() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const header = join(prefix, 'include/node/node_version.h');
  if (!existsSync(header)) return {};
  const abi = new RegExp(`#define NODE_MODULE_VERSION ${process.versions.modules}\\b`);
  return abi.test(readFileSync(header, 'utf8')) ? { npm_config_nodedir: prefix } : {};
}

async function nativesLoad(/** @type {string} */ root) {
  return (await capture(loadNatives, { cwd: join(root, 'plugins/storage-sqlite') })).ok;
}

/** All that decides what node_modules holds: the lockfile, what the manifests ask for, the platform, Node's ABI. */
function fingerprint(/** @type {string} */ root) {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  for (const manifest of manifests(root)) {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies, bin, packageManager, pnpm } =
      JSON.parse(readFileSync(join(root, manifest), 'utf8'));
    const asked = { dependencies, devDependencies, optionalDependencies, peerDependencies, bin, packageManager, pnpm };
    hash.update(manifest).update(JSON.stringify(asked));
  }
  return `${process.platform}-${process.arch} abi ${process.versions.modules} ${hash.digest('hex')}\n`;
}

function manifests(/** @type {string} */ root) {
  const found = ['', 'bench', 'docs', 'faults']
    .map((folder) => join(folder, 'package.json'))
    .filter((manifest) => existsSync(join(root, manifest)));
  for (const folder of ['packages', 'plugins', 'examples']) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of readdirSync(join(root, folder)).sort()) {
      const manifest = join(folder, name, 'package.json');
      if (existsSync(join(root, manifest))) found.push(manifest);
    }
  }
  return found;
}
