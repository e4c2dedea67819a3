import { spawnSync } from 'node:child_process';

const oldestNode = [20, 19];

/**
 * What this Node is too old for, as a sentence with the mend.
 *
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `TIMS needs Node ${oldestNode.join('.')} or newer, and this is ${version}. Get a newer one from https://nodejs.org/en/download (Debian 13 and later: sudo apt-get install -y nodejs npm; macOS: brew install node).`;
}

/**
 * What the machine lacks to compile better-sqlite3, as sentences with the mend. Empty when it has all.
 *
 * @param {(file: string) => boolean} has whether the command can be run
 * @returns {string[]}
 */
export function missingTools(has = canRun) {
  const compiler = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  const lacking = [
    !compiler.some(has) && 'a C++ compiler',
    !['make', 'gmake'].some(has) && 'make',
    !['python3', 'python'].some(has) && 'python3',
  ].filter((tool) => typeof tool === 'string');
  if (lacking.length === 0) return [];
  return [
    `TIMS compiles SQLite for this machine while it installs, and this machine lacks ${lacking.join(', ')}.`,
    '  Debian, Ubuntu:  sudo apt-get install -y g++ make python3',
    '  macOS:           xcode-select --install',
    'Then run the same command again.',
  ];
}

/** `CXX` may carry arguments (`ccache g++`). */
function canRun(/** @type {string} */ command) {
  const [file = '', ...args] = command.split(' ');
  return spawnSync(file, [...args, '--version'], { stdio: 'ignore' }).status === 0;
}
