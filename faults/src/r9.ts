import { setTimeout as sleep } from 'node:timers/promises';
import { newWamid, textWebhook } from '@tims/testing/whatsapp';
import { createConnection } from 'mysql2/promise';
import { drill, hold } from './drill.js';
import { eachSetting, type Nodes } from './nodes.js';
import { type Api, call, postWebhook, signIn } from './requests.js';
import { phoneNumberId } from './scene.js';
import { openSocket, readLog } from './sockets.js';

const writers = 16;

await drill(
  'R9',
  `${writers} writers with random commit delays: no reader ever skips an event`,
  { short: 90_000, long: 300_000 },
  async (at) => {
    await eachSetting(at, async (nodes) => {
      await slowCommits(nodes);
      const apis = await Promise.all(nodes.servers.map((server) => signIn(server.url)));
      const api = apis[0] as Api; // there is at least one node
      const start = (await readLog(api)).cursor;
      const sockets = await Promise.all(
        nodes.servers.map((server, index) => openSocket(server.url, apis[index] ?? api)),
      );
      await Promise.all(sockets.map((socket) => socket.item('ready')));

      let done = false;
      const polled = follow(apis, start, () => done);
      const perWriter = at.short ? 25 : 80;
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(nodes, api, writer, perWriter)));
      done = true;
      const { ids: log } = await readLog(api, start);
      const read = await polled;
      hold(
        read.length === log.length && read.every((id, index) => id === log[index]),
        `A reader that polled saw ${read.length} of ${log.length} events, or another order`,
      );
      for (const socket of sockets) {
        for (const end = Date.now() + 30_000; socket.events().length < log.length && Date.now() < end; )
          await sleep(20);
        const events = socket.events();
        hold(
          events.length === log.length && events.every((id, index) => id === log[index]),
          `A socket saw ${events.length} of ${log.length} events, or another order`,
        );
        socket.close();
      }
      await nodes.stop();
      at.figure(nodes.name, `${log.length} events, no reader skipped one`);
    });
  },
);

/** Some write as customers do, some as agents: single commits and group commits beside each other. */
async function write({ url }: Nodes, api: Api, writer: number, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    const from = `60127${String(writer).padStart(2, '0')}${String(turn % 5).padStart(4, '0')}`;
    const target = url(writer + turn);
    const webhook = textWebhook({ phoneNumberId, from, id: newWamid() });
    while ((await postWebhook(target, webhook)).status !== 200) await sleep(20);
    if (writer % 4 === 0 && turn % 5 === 4) {
      const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ key: `team-${writer}-${turn}`, name: 'A team' });
      await call('POST', `${target}/api/teams`, { headers, body });
    }
    await sleep(Math.random() * 5);
  }
}

/** Polls with whatever cursor came last, one event or many at a time, at one node and then at another. */
async function follow(apis: Api[], start: string, isDone: () => boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor = start;
  for (let turn = 0, rest = 2; rest > 0; turn++) {
    const ended = isDone();
    const api = apis[turn % apis.length] as Api; // an index inside the list
    const limit = [1, 7, 100][turn % 3];
    const page = await api.get<{ data: { id: string }[]; nextCursor: string; more: boolean; resyncRequired: boolean }>(
      `/api/events?limit=${limit}&cursor=${cursor}`,
    );
    hold(!page.resyncRequired, 'A cursor that a node had just given no longer stands at another');
    ids.push(...page.data.map((event) => event.id));
    cursor = page.nextCursor;
    // Once more after the last writer, so that what became visible late would be seen to be missing.
    if (ended && !page.more) rest--;
  }
  return ids;
}

/** Each event takes its time between being numbered and being committed, where the database can sleep. */
async function slowCommits({ scene }: Nodes): Promise<void> {
  if (!scene.databaseUrl.startsWith('mysql:')) return;
  const connection = await createConnection(scene.databaseUrl);
  await connection.query('create trigger slow after insert on events for each row set @slept = sleep(rand() * 0.01)');
  await connection.end();
}
