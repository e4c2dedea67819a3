import { setTimeout as sleep } from 'node:timers/promises';
import { openConversations, startProvider } from './agents.js';
import { audit } from './audit.js';
import { drill, hold } from './drill.js';
import { makeLoad, postAll } from './load.js';
import { signIn } from './requests.js';
import { prepare } from './scene.js';
import { startServer } from './server-process.js';

/** What a stop may take; run.ts cuts off after this. */
const stopMs = 15_000;

await drill(
  'R17',
  'SIGTERM under load: nothing acknowledged is lost, it ends by itself with code 0',
  { short: 90_000, long: 300_000 },
  async (at) => {
    const rounds = at.short ? 2 : 10;
    const scene = await prepare(at);
    const load = makeLoad({ count: rounds * 400, customers: 60 });
    const begun = await startServer(at, scene);
    const { url, port } = begun;
    let server = begun;
    let stops = 0;
    const endings: number[] = [];
    let stopping: Promise<void> | undefined;
    await postAll(load, {
      url: () => url,
      connections: 24,
      onAcknowledged: (acknowledged) => {
        if (stopping || stops >= rounds || acknowledged < (stops + 1) * 300) return;
        stopping = (async () => {
          const ending = await server.kill('SIGTERM');
          hold(ending.code === 0, `After SIGTERM the server ended with ${ending.code ?? ending.signal}`);
          hold(ending.ms < stopMs * 1.5, `It took ${ending.ms} ms to stop`);
          endings.push(ending.ms);
          stops++;
          at.say(`stopped ${stops} of ${rounds} after ${ending.ms} ms, ${acknowledged} acknowledged`);
          server = await startServer(at, scene, { port });
          stopping = undefined;
        })();
      },
    });
    await stopping;
    hold(stops >= 1, 'The server was never stopped under load');
    hold((await server.kill('SIGTERM')).code === 0, 'The last stop failed');
    const found = await scene.look((installation) => audit(installation, scene.organization, load));
    at.figure('webhooks', load.webhooks.length);
    at.figure('messages', found.messages);
    at.figure('stops', stops);
    at.figure('longest stop, ms', Math.max(...endings));
    await stopWhileSending();

    /** A send whose answer is still to come is waited for: no message is left `unknown` by a clean stop. */
    async function stopWhileSending(): Promise<void> {
      const provider = await startProvider(at, { statuses: false });
      const stage = await prepare(at, { graphUrl: provider.url });
      const sending = await startServer(at, stage);
      await provider.connect(sending.url);
      const api = await signIn(sending.url);
      const conversations = await openConversations(sending.url, api, 4);
      await provider.client.fault({ kind: 'late', next: 4, delayMs: 1_200 });
      for (const conversationId of conversations)
        await api.call('POST', '/api/messages/send', { conversationId, text: 'Hi' });
      while ((await provider.client.sends()).count < 4) await sleep(20);
      hold((await sending.kill('SIGTERM')).code === 0, 'The stop while sending failed');
      const states: { state: string }[] = await stage.look(({ storage }) =>
        Promise.resolve(storage.reader('messages').where('direction', 'outbound').select('state')),
      );
      hold(
        states.length === 4 && states.every(({ state }) => state === 'sent'),
        `After a clean stop sends are ${states.map(({ state }) => state).join(', ')}`,
      );
      at.figure('sends that a stop waited for', states.length);
    }
  },
);
