import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './agents.js';
import { audit } from './audit.js';
import { drill, hold } from './drill.js';
import { makeLoad, postAll } from './load.js';
import { startOwnMariadb } from './own-mariadb.js';
import { call, signIn } from './requests.js';
import { prepare } from './scene.js';
import { isReady, startServer } from './server-process.js';

await drill(
  'R7',
  'the database is restarted under load: 503 with Retry-After meanwhile, nothing acknowledged is lost, it recovers by itself',
  { short: 120_000, long: 300_000 },
  async (at) => {
    const mariadb = await startOwnMariadb(at);
    if (!mariadb) return;
    const scene = await prepare(at, { databaseUrl: mariadb.url });
    const nodes = [await startServer(at, scene), await startServer(at, scene)];
    const [first] = nodes;
    if (!first) return;
    const api = await signIn(first.url);
    const load = makeLoad({ count: at.short ? 1_500 : 6_000, customers: 60, duplicates: 0.05, reordered: 0.1 });
    const restarts = at.short ? (['SIGKILL'] as const) : (['SIGKILL', 'SIGTERM', 'SIGKILL'] as const);

    const refusals = new Map<string, number>();
    let away = false;
    let done = 0;
    const recovered: number[] = [];
    let restarting: Promise<void> | undefined;
    let failure: unknown;
    await postAll(load, {
      url: (index) => nodes[index % nodes.length]?.url ?? '',
      connections: 16,
      onAnswer: ({ status, headers, body }) => {
        if (status === 200) return;
        const name =
          status === 503 && headers['retry-after'] ? '503 with Retry-After' : `${status} ${body.slice(0, 200)}`;
        refusals.set(name, (refusals.get(name) ?? 0) + 1);
      },
      onAcknowledged: (acknowledged) => {
        const signal = restarts[done];
        if (restarting || !signal || acknowledged < ((done + 1) * load.webhooks.length) / (restarts.length + 1)) return;
        restarting = (async () => {
          away = true;
          await mariadb.end(signal);
          at.say(`the database is gone (${signal}), ${acknowledged} acknowledged`);
          await sleep(1_500);
          hold(!(await isReady(first.url)), 'A server without its database says that it is ready');
          const read = await api.call('GET', '/api/conversations');
          hold(
            read.status === 503 && read.headers['retry-after'] !== undefined,
            `A read without a database was answered with ${read.status}`,
          );
          hold(
            (await call('GET', `${first.url}/healthz`)).status === 200,
            'A server without its database says that it is dead',
          );
          mariadb.start();
          const started = performance.now();
          await until('it is ready again', () => isReady(first.url));
          recovered.push(Math.round(performance.now() - started));
          at.say(`ready again ${recovered.at(-1)} ms after the database was started`);
          away = false;
          done++;
          restarting = undefined;
        })().catch((error: unknown) => {
          failure = error;
          mariadb.start();
        });
      },
    });
    await restarting;
    if (failure) throw failure;
    hold(!away && done === restarts.length, `Only ${done} of ${restarts.length} restarts happened`);
    for (const [name, count] of refusals) at.figure(`answered ${name}`, count);
    hold(
      [...refusals.keys()].every((name) => name === '503 with Retry-After'),
      'A refusal was something else than 503 with Retry-After',
    );
    // A message and its status that two nodes took in the same moment are brought together a little later.
    await until('every kept status is applied', () =>
      scene.look(async ({ storage }) => (await storage.reader('pending_updates')).length === 0),
    );
    for (const node of nodes)
      hold(
        (await node.kill('SIGTERM')).code === 0,
        'A server that lost its database for a while does not stop cleanly',
      );
    const found = await scene.look((installation) => audit(installation, scene.organization, load));
    at.figure('messages', found.messages);
    at.figure('restarts', done);
    at.figure('ready again after, longest ms', Math.max(...recovered));
    // The processes are the same ones: nobody but the database was started again.
    await mariadb.end('SIGTERM');
  },
);
