import { spawn } from 'node:child_process';

/**
 * Runs one long command as a phase: its name when it starts, the time it took when it ends, and all it said only when
 * it fails.
 *
 * @param {string} title
 * @param {string[]} command
 * @param {{cwd: string, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<boolean>} whether the command succeeded
 */
export async function phase(title, command, options) {
  const started = Date.now();
  const stopTicking = tick(title);
  const { ok, output } = await capture(command, options);
  stopTicking();
  console.log(`${title}: ${ok ? 'done' : 'FAILED'} after ${seconds(started)}`);
  if (!ok) console.error(`\n$ ${command.join(' ')}\n${output}`);
  return ok;
}

/**
 * Runs a command without a terminal and keeps what it says on both outputs, in the order in which it came.
 *
 * @param {string[]} command
 * @param {{cwd: string, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<{ok: boolean, output: string}>} `ok` is false too when the command cannot be started
 */
export function capture([file = '', ...args], { cwd, env = process.env }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = /** @type {Buffer[]} */ ([]);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    const end = (/** @type {boolean} */ ok) => resolve({ ok, output: Buffer.concat(chunks).toString() });
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** @param {number} since epoch milliseconds */
export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** A terminal sees the seconds count; a log gets one line. */
function tick(/** @type {string} */ title) {
  if (!process.stdout.isTTY) {
    console.log(`${title} …`);
    return () => {};
  }
  const started = Date.now();
  const draw = () => process.stdout.write(`\r${title} … ${Math.round((Date.now() - started) / 1000)} s `);
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[K');
  };
}
