/**
 * Start-up smoke: starts the built server on an empty data folder and free ports, waits until it is ready, reads its
 * OpenAPI document, stops it with SIGTERM and demands that it ends with code 0.
 *
 *     node scripts/smoke.mjs [--demo] [--node <path of another node>]
 *
 * With `--demo` it also logs in and waits until the simulator's customers have written.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from './setup.mjs';

const startLimit = 60_000;
const stopLimit = 20_000;
const demoPassword = 'smoke-test-pass-9031';

const { values } = parseArgs({ options: { demo: { type: 'boolean' }, node: { type: 'string' } } });
await smoke(values.node ?? process.execPath, values.demo ?? false);

async function smoke(/** @type {string} */ node, /** @type {boolean} */ demo) {
  const data = mkdtempSync(join(tmpdir(), 'tims-smoke-'));
  const port = await freePort();
  const server = startServer(node, demo, {
    TIMS_PORT: String(port),
    TIMS_SIMULATOR_PORT: String(await freePort()),
    TIMS_DATA_DIR: data,
    TIMS_DEMO_PASSWORD: demoPassword,
  });
  try {
    const origin = `http://127.0.0.1:${port}`;
    await until('GET /readyz answers 200', server, async () => (await fetch(`${origin}/readyz`)).status === 200);
    await readOpenApi(origin);
    if (demo) await waitForConversation(origin, server);
    await stop(server);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\nWhat the server said:\n${server.output()}`);
    process.exitCode = 1;
  } finally {
    server.child.kill('SIGKILL');
    await server.ended;
    rmSync(data, { recursive: true, force: true });
  }
}

/** @typedef {ReturnType<typeof startServer>} Server */

function startServer(/** @type {string} */ node, /** @type {boolean} */ demo, /** @type {NodeJS.ProcessEnv} */ env) {
  const child = spawn(node, ['packages/cli/bin/tims.js', 'start', ...(demo ? ['--demo'] : [])], {
    cwd: root,
    env: { ...environmentWithoutOurs(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = /** @type {Buffer[]} */ ([]);
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
  return { child, ended, output: () => Buffer.concat(chunks).toString() };
}

/** The person's own settings (a database, a port) are not what a smoke test may touch. */
function environmentWithoutOurs() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TIMS_')));
}

async function readOpenApi(/** @type {string} */ origin) {
  const response = await fetch(`${origin}/openapi.json`);
  const document = /** @type {{openapi?: string, paths?: object}} */ (await response.json());
  const paths = Object.keys(document.paths ?? {}).length;
  if (!document.openapi?.startsWith('3.1') || paths === 0) {
    throw new Error(`GET /openapi.json answered ${response.status} with no OpenAPI 3.1 document`);
  }
  console.log(`ok: GET /openapi.json has ${paths} paths`);
}

async function waitForConversation(/** @type {string} */ origin, /** @type {Server} */ server) {
  const login = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@example.com', password: demoPassword }),
  });
  const session = /** @type {{accessToken?: string}} */ (await login.json());
  if (!session.accessToken) throw new Error(`POST /api/auth/login answered ${login.status} without an accessToken`);
  await until('the demo has a conversation', server, async () => {
    const list = await fetch(`${origin}/api/conversations`, {
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    const page = /** @type {Record<string, unknown>} */ (await list.json());
    if (list.status !== 200) throw new Error(`GET /api/conversations answered ${list.status} ${JSON.stringify(page)}`);
    return Object.values(page).some((value) => Array.isArray(value) && value.length > 0);
  });
}

async function stop(/** @type {Server} */ server) {
  server.child.kill('SIGTERM');
  const how = await Promise.race([server.ended, sleep(stopLimit, `nothing for ${stopLimit / 1000} s`, { ref: false })]);
  if (how !== 'code 0') throw new Error(`After SIGTERM the server should end with code 0; it ended with ${how}`);
  console.log('ok: SIGTERM ends it with code 0');
}

/** Asks again until it is so; a server that has ended, or too long a wait, is an error. */
async function until(
  /** @type {string} */ what,
  /** @type {Server} */ server,
  /** @type {() => Promise<boolean>} */ isSo,
) {
  const started = Date.now();
  for (;;) {
    // A refused connection only means "not yet".
    const so = await isSo().catch((/** @type {Error} */ error) => {
      if (error.message === 'fetch failed') return false;
      throw error;
    });
    if (so) break;
    const over = await Promise.race([server.ended, sleep(100)]);
    if (over) throw new Error(`The server ended with ${over} before ${what}`);
    if (Date.now() - started > startLimit) throw new Error(`Waited ${startLimit / 1000} s in vain: ${what}`);
  }
  console.log(`ok: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
