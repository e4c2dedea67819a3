import { setTimeout as sleep } from 'node:timers/promises';
import { openConversations, startProvider, until } from './agents.js';
import { drill, hold } from './drill.js';
import { call, signIn } from './requests.js';
import { prepare } from './scene.js';
import { startServer } from './server-process.js';

await drill(
  'R4',
  'one send 20 times with one key, answers cut off, is one call of the provider',
  { short: 60_000, long: 180_000 },
  async (at) => {
    const provider = await startProvider(at, { statuses: true });
    const scene = await prepare(at, { graphUrl: provider.url });
    const server = await startServer(at, scene);
    await provider.connect(server.url);
    const api = await signIn(server.url);
    const rounds = at.short ? 5 : 30;
    const conversations = await openConversations(server.url, api, rounds);

    let cut = 0;
    for (const [round, conversationId] of conversations.entries()) {
      const attempt = (timeoutMs: number) =>
        call('POST', `${server.url}/api/messages/send`, {
          timeoutMs,
          headers: {
            authorization: `Bearer ${api.token}`,
            'content-type': 'application/json',
            'idempotency-key': `send-${round}`,
          },
          body: JSON.stringify({ conversationId, text: `Once, please (${round})` }),
        });
      // Cut off before the request is read, while it runs, and while the answer is on its way.
      const parallel = await Promise.all(Array.from({ length: 10 }, (_, index) => attempt(1 + index)));
      const serial = [];
      for (let index = 0; index < 9; index++) {
        serial.push(await attempt(1 + 2 * index));
        await sleep(5);
      }
      cut += [...parallel, ...serial].filter((answer) => answer.status === 0).length;
      const last = await attempt(20_000);
      hold(last.status === 201, `The last of the twenty was answered with ${last.status}: ${last.body}`);
      const ids = new Set(
        [...parallel, ...serial, last]
          .filter((one) => one.status === 201)
          .map((one) => (JSON.parse(one.body) as { id: string }).id),
      );
      hold(ids.size === 1, `Twenty requests with one key were answered with ${ids.size} messages`);
    }
    await until('every send is accepted', async () => (await provider.client.sends()).count >= rounds);
    await provider.client.idle();
    await sleep(1_000); // a second call would come in this time: the outbox looks every half second
    const { sends } = await provider.client.sends();
    hold(sends.length === rounds, `${rounds} sends were ${sends.length} calls of the provider`);
    hold(new Set(sends.map((send) => send.reference)).size === rounds, 'A message was sent twice');
    at.figure('sends', rounds);
    at.figure('requests', rounds * 20);
    at.figure('answers cut off', cut);
    at.figure('provider calls', sends.length);
    hold(cut > 0, 'No answer was cut off, so nothing was tried');
  },
);
