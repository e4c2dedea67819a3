import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './agents.js';
import { audit } from './audit.js';
import { drill, hold } from './drill.js';
import { makeLoad, postAll } from './load.js';
import { call, signIn } from './requests.js';
import { prepare } from './scene.js';
import { startServer } from './server-process.js';

/** So many bytes fit on the disk before it is full. */
const room = 300_000;

await drill(
  'R10',
  'the disk is full: writes are refused with 503, reads go on, it recovers by itself (SQLite)',
  { short: 90_000, long: 180_000 },
  async (at) => {
    if (!canLimit()) return at.lacks('prlimit: install it with "apt-get install util-linux"');
    const scene = await prepare(at);
    const server = await startServer(at, scene);
    const api = await signIn(server.url);
    const load = makeLoad({ count: at.short ? 2_000 : 10_000, customers: 40 });

    // No file of the process may grow further: to SQLite that is a disk without room.
    const full = new AbortController();
    const largest = Math.max(...readdirSync(scene.folder).map((name) => statSync(join(scene.folder, name)).size));
    limit(server.pid, String(largest + room));
    const refused = { right: 0, other: new Set<string>() };
    const before = await postAll(load, {
      url: () => server.url,
      connections: 16,
      signal: full.signal,
      onAnswer: ({ status, headers, body }) => {
        if (status === 200) return;
        if (status === 503 && headers['retry-after']) refused.right++;
        else refused.other.add(`${status} ${body.slice(0, 200)}`);
        if (refused.right + refused.other.size >= 40) full.abort();
      },
    });
    hold(full.signal.aborted, 'The disk never became full');
    hold(refused.other.size === 0, `A refusal was ${[...refused.other][0]}`);
    at.figure('acknowledged before it was full', before.size);
    hold((await call('GET', `${server.url}/healthz`)).status === 200, 'The process does not answer');
    for (let read = 0; read < 20; read++) await api.get('/api/conversations?limit=50');
    at.say('reads go on');

    limit(server.pid, 'unlimited');
    const started = performance.now();
    await until('it takes webhooks again', async () => (await call('GET', `${server.url}/readyz`)).status === 200);
    const after = await postAll(load, { url: () => server.url, connections: 16 });
    at.figure('recovered and took the rest after ms', Math.round(performance.now() - started));
    hold(after.size === load.webhooks.length, 'Not everything was taken');
    hold((await server.kill('SIGTERM')).code === 0, 'It does not stop cleanly');
    const found = await scene.look((installation) => audit(installation, scene.organization, load));
    at.figure('messages', found.messages);
  },
);

function limit(pid: number, bytes: string): void {
  // The soft limit alone: a hard one could not be lifted again.
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`]);
}

function canLimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
