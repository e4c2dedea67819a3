import { openConversations, type Provider, startProvider, until } from './agents.js';
import { type Drill, drill, hold } from './drill.js';
import { signIn } from './requests.js';
import { prepare } from './scene.js';
import { startServer } from './server-process.js';

/** The shortest lease that the setting allows. */
const environment = { TIMS_OUTBOX_LEASE_SECONDS: '2' };
const inFlight = 4;

await drill(
  'R5',
  "kill -9 between the provider's answer and our commit: unknown or reconciled, never sent twice",
  { short: 90_000, long: 600_000 },
  async (at) => {
    const rounds = at.short ? 2 : 15;
    const told = await startProvider(at, { statuses: true });
    const reconciled = await killInFlight(at, told, rounds, ['read']);
    at.figure('reconciled by a status', reconciled.length);

    const silent = await startProvider(at, { statuses: false });
    const shown = await killInFlight(at, silent, rounds, ['sent', 'unknown']);
    // One whose answer was recorded before the kill is `sent`; every other one is shown as what it is.
    at.figure('shown as unknown', shown.filter(({ state }) => state === 'unknown').length);
    at.figure('recorded before the kill', shown.filter(({ state }) => state === 'sent').length);
    hold(
      shown.some(({ state }) => state === 'unknown'),
      'No kill came between the answer and the commit',
    );
  },
);

/** Sends, kills the server as soon as the provider has the messages, starts it again: what became of them. */
async function killInFlight(
  at: Drill,
  provider: Provider,
  rounds: number,
  final: string[],
): Promise<{ id: string; state: string }[]> {
  const scene = await prepare(at, { graphUrl: provider.url });
  let server = await startServer(at, scene, { environment });
  const { port } = server;
  await provider.connect(server.url);
  const conversations = await openConversations(server.url, await signIn(server.url), inFlight);
  const ids: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const api = await signIn(server.url);
    // In turn: killed while the provider takes its time to answer, and in the moment of the answer.
    if (round % 2 === 0) await provider.client.fault({ kind: 'late', next: inFlight, delayMs: 900 });
    const before = (await provider.client.sends({ limit: 1 })).count;
    for (const conversationId of conversations) {
      const answer = await api.call('POST', '/api/messages/send', { conversationId, text: `Round ${round}` });
      hold(answer.status === 201, `A send was answered with ${answer.status}: ${answer.body}`);
      ids.push((JSON.parse(answer.body) as { id: string }).id);
    }
    const wanted = round % 2 === 0 ? inFlight : 1;
    await until(
      'the provider has them',
      async () => (await provider.client.sends({ limit: 1 })).count >= before + wanted,
    );
    await server.kill('SIGKILL');
    await provider.client.clearFaults();
    server = await startServer(at, scene, { port, environment });
    at.say(`killed ${round + 1} of ${rounds}`);
  }
  const api = await signIn(server.url);
  const messages = await until(`every message is ${final.join(' or ')}`, async () => {
    const { data } = await api.get<{ data: { id: string; state: string }[] }>(`/api/messages?ids=${ids.join(',')}`);
    return data.every(({ state }) => final.includes(state)) && data;
  });
  const { sends } = await provider.client.sends();
  const times = ids.map((id) => sends.filter((send) => send.reference === id).length);
  hold(
    times.every((count) => count <= 1),
    `A message was sent ${Math.max(...times)} times`,
  );
  hold(
    times.every((count) => count === 1),
    'A message was never sent',
  );
  await server.kill('SIGTERM');
  return messages;
}
