import { newWamid, textWebhook, together } from '@tims/testing/whatsapp';
import { drill, hold } from './drill.js';
import { postWebhook, signIn } from './requests.js';
import { phoneNumberId, prepare } from './scene.js';
import { startServer } from './server-process.js';
import { openSocket, readLog } from './sockets.js';

const away = 5_000;

await drill(
  'R8',
  `a WebSocket client that was away for ${away.toLocaleString('en')} events misses none and gets none twice`,
  { short: 90_000, long: 180_000 },
  async (at) => {
    const scene = await prepare(at);
    const server = await startServer(at, scene);
    const api = await signIn(server.url);
    const write = async (count: number) => {
      const webhooks = Array.from({ length: count }, (_, index) =>
        textWebhook({ phoneNumberId, from: `60127770${index % 50}`, id: newWamid() }),
      );
      for (let start = 0; start < count; start += 250) {
        const answer = await postWebhook(server.url, together(...webhooks.slice(start, start + 250)), 60_000);
        hold(answer.status === 200, `A webhook was answered with ${answer.status}`);
      }
    };

    const first = await openSocket(server.url, api);
    await first.item('ready');
    await write(100);
    const { ids: before } = await readLog(api);
    const begun = Date.now();
    while (!first.events().includes(before.at(-1) ?? '') && Date.now() - begun < 30_000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const cursor = first.cursor();
    first.close();
    await first.closed;
    await write(away);

    const started = performance.now();
    const second = await openSocket(server.url, api, cursor);
    // While it catches up, more comes in: the seam between the past and the present is where a gap would be.
    const meanwhile = write(250);
    await second.item('ready', 60_000);
    at.figure('caught up after ms', Math.round(performance.now() - started));
    await meanwhile;
    const { ids: log } = await readLog(api);
    const expected = log.slice(log.indexOf(first.events().at(-1) ?? '') + 1);
    for (const end = Date.now() + 30_000; second.events().length < expected.length && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    const received = second.events();
    hold(new Set(received).size === received.length, `${received.length - new Set(received).size} events came twice`);
    hold(received.length === expected.length, `${expected.length} events happened, ${received.length} came`);
    hold(
      received.every((id, index) => id === expected[index]),
      'The events came in another order than that of the log',
    );
    const largest = Math.max(...second.frames.map((frame) => frame.filter((item) => item.event).length));
    hold(largest <= 500, `One frame carried ${largest} events`);
    at.figure('events', received.length);
    at.figure('frames with events', second.frames.filter((frame) => frame.some((item) => item.event)).length);
    second.close();
  },
);
