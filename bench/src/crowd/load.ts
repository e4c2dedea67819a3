import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSockets } from '../delivery/sockets.js';
import { serveParent, setting } from '../server-process.js';
import { percentile, rounded } from '../statistics.js';
import { arrive, conversationsByCustomer, customers, write } from './customers.js';
import { openHttp } from './http.js';
import { paced } from './pace.js';
import { operations, type Person, work } from './person.js';
import { Record } from './record.js';

/** Everybody outside the server: customers, colleagues, their sockets. A process of its own, which does not measure itself. */
const { port, peopleFile, webhooksPerSecond, seconds } = setting<{
  port: number;
  peopleFile: string;
  webhooksPerSecond: number;
  seconds: number;
}>();
const people: Person[] = JSON.parse(readFileSync(peopleFile, 'utf8'));
const http = openHttp(port);
const manager = people.find(({ role }) => role === 'manager')?.token ?? '';

serveParent(0, {
  async begin() {
    await arrive(http);
    return {};
  },
  warmUp: () => run(3),
  run: () => run(seconds),
  stop: () => http.close(),
});

async function run(duration: number): Promise<object> {
  const conversations = await conversationsByCustomer(http, manager);
  const tags = JSON.parse((await http.call('GET', '/api/tags', { token: manager })).text).data.map(
    ({ id }: { id: string }) => id,
  );
  const sockets = await openSockets(
    port,
    people.map(({ token }) => token),
  );
  const record = new Record();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  const shift = { http, record, tags, startedAt, endsAt: startedAt + duration * 1000 };
  await Promise.all([
    ...people.map((person, number) => work(person, number, shift)),
    paced(webhooksPerSecond, duration, (n, dueAt) => {
      // A prime's steps: neighbours in the list do not write one after the other.
      const customer = (n * 1_009) % customers;
      sockets.expect(conversations.get(customer) ?? '', dueAt);
      return record.of('webhook', dueAt, () => write(http, customer, n));
    }),
    // The least that anything takes here: a route that does nothing.
    paced(10, duration, (_, dueAt) => record.of('floor', dueAt, () => http.call('GET', '/healthz'))),
  ]);
  await sleep(1_000);
  const framesMissed = sockets.unseen();
  sockets.close();
  const of = (name: string, times: number[]) => ({
    [`${name}P50Ms`]: rounded(percentile(times, 50), 1),
    [`${name}P99Ms`]: rounded(percentile(times, 99), 1),
  });
  return {
    ...of('frame', sockets.delays),
    ...of('api', record.timesOf(...operations)),
    ...of('webhook', record.timesOf('webhook')),
    ...of('floor', record.timesOf('floor')),
    errors: record.errorCount + framesMissed,
    framesMissed,
    conflicts: record.conflicts(),
    requests: record.timesOf(...operations).length,
    webhooks: record.timesOf('webhook').length,
    framesMeasured: sockets.delays.length,
    framesPerSecond: Math.round(sockets.frames() / duration),
    loadLoopDelayP99Ms: rounded(delay.percentile(99) / 1e6, 1),
    operations: record.operations(),
    ...(record.errors.length > 0 ? { firstErrors: record.errors } : {}),
  };
}
