import { fileURLToPath } from 'node:url';
import { nodeTooOld } from './setup/machine.mjs';

/** The repository's root, wherever the command was started. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Brings a fresh clone to where its programs can run, and costs nothing when it is there already: Node and compiler
 * checked, packages installed by lockfile. Ends the process with what to do when that cannot be.
 *
 * Nothing is installed when this runs, so it and all it imports use Node alone.
 */
export async function setUp() {
  const tooOld = nodeTooOld(process.versions.node);
  if (tooOld) return giveUp(tooOld);
  const { install } = await import('./setup/install.mjs');
  if (!(await install(root))) giveUp();
}

/** Builds what changed since the last time: the packages, then the web inbox. Ends the process when that fails. */
export async function build() {
  const { phase } = await import('./setup/phase.mjs');
  if (!(await phase('Building', buildCommand, { cwd: root }))) giveUp();
  const { isWebInboxStale, webInboxCommand } = await import('./setup/web-inbox.mjs');
  if (!isWebInboxStale(root)) return;
  if (!(await phase('Building the web inbox', webInboxCommand, { cwd: root }))) giveUp();
}

/** `tsc -b` compares contents with its .tsbuildinfo files. */
export const buildCommand = [process.execPath, 'node_modules/typescript/bin/tsc', '-b'];

function giveUp(/** @type {string} */ reason = '') {
  if (reason) console.error(reason);
  process.exit(1);
}
