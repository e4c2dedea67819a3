import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from './audit.js';
import { type Drill, drill, hold } from './drill.js';
import { makeLoad, postAll } from './load.js';
import { prepare } from './scene.js';
import { isReady, type ServerProcess, startServer } from './server-process.js';

/** The promise's bound. A machine that is busy elsewhere may miss it now and then; half the starts must keep it. */
const readyMs = 5_000;

await drill(
  'R1',
  'kill -9 again and again during webhooks: nothing acknowledged is lost or doubled',
  { short: 90_000, long: 1_800_000 },
  async (at) => {
    const { count, kills } = at.short ? { count: 1_000, kills: 4 } : { count: 10_000, kills: 100 };
    const scene = await prepare(at);
    const load = makeLoad({ count, customers: 100, duplicates: 0.05, reordered: 0.1 });
    let server = await startServer(at, scene);
    const { url, port } = server;
    const starts = [server.readyMs];

    // Killed whenever so many more were acknowledged, and a moment later, so that it hits whatever goes on then.
    let lives = 0;
    let killing: Promise<void> | undefined;
    const step = Math.floor(load.webhooks.length / (kills + 1));
    const cutOff = { refused: 0 };
    await postAll(load, {
      url: () => url,
      connections: 24,
      onAnswer: ({ status }) => {
        if (status === 0) cutOff.refused++;
      },
      onAcknowledged: (acknowledged) => {
        if (killing || lives >= kills || acknowledged < step * (lives + 1)) return;
        killing = (async () => {
          await sleep(Math.random() * 30);
          await server.kill('SIGKILL');
          lives++;
          server = await startServer(at, scene, { port });
          starts.push(server.readyMs);
          if (lives % 10 === 0 || at.short)
            at.say(`killed ${lives} of ${kills}, ${acknowledged} acknowledged, ready again after ${server.readyMs} ms`);
          killing = undefined;
        })();
      },
    });
    await killing;
    at.figure('webhooks', load.webhooks.length);
    at.figure('kills', lives);
    at.figure('requests cut off or refused', cutOff.refused);
    hold(lives >= Math.min(kills, 3), `Only ${lives} kills happened`);
    hold(await isReady(url), 'The last server is not ready');
    await stop(server);

    const found = await scene.look((installation) => audit(installation, scene.organization, load));
    at.figure('messages', found.messages);
    reportStarts(at, starts);
  },
);

async function stop(server: ServerProcess): Promise<void> {
  const { code } = await server.kill('SIGTERM');
  hold(code === 0, `After SIGTERM the server ended with ${code}`);
}

function reportStarts(at: Drill, starts: number[]): void {
  const sorted = starts.toSorted((a, b) => a - b);
  const late = starts.filter((ms) => ms > readyMs).length;
  at.figure('ready again, median ms', sorted[Math.floor(sorted.length / 2)] ?? 0);
  at.figure('ready again, longest ms', sorted.at(-1) ?? 0);
  hold(late <= starts.length / 2, `${late} of ${starts.length} starts took longer than ${readyMs} ms`);
}
