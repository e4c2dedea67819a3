import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signWebhook, textWebhook } from '@tims/testing/whatsapp';
import { appSecret, path } from '../ingest/webhooks.js';
import { startProcess } from '../server-process.js';
import { percentile, rounded } from '../statistics.js';
import { channelOf, teamCount } from './crowd.js';
import { openSockets } from './sockets.js';

const webhooksPerSecond = 200;
const listsPerSecond = 10;
const sendsPerSecond = 10;
const seconds = 30;
const customers = 1_000;

/** How soon a customer's message is on the screens of a hundred people, measured from when it was due. */
export async function delivery(progress: (line: string) => void): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-bench-'));
  const simulator = await startProcess(new URL('./simulator.js', import.meta.url), {});
  progress('setting up teams and a hundred users');
  const server = await startProcess(new URL('./server.js', import.meta.url), {
    url: `sqlite:${join(folder, 'tims.db')}`,
    graphUrl: `http://127.0.0.1:${simulator.port}`,
    agents: 90,
    managers: 10,
  });
  const http = client(server.port);
  try {
    const { tokens } = await server.ask<{ tokens: string[] }>('tokens');
    const manager = tokens.at(-1) ?? '';
    progress(`${customers} customers write for the first time`);
    for (let start = 0; start < customers; start += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => http.webhook(start + i)));
    }
    const conversations = await http.conversationsByCustomer(manager);
    const sockets = await openSockets(server.port, tokens);
    await load(http, sockets.expect, conversations, tokens, 3, []);
    sockets.delays.length = 0;
    const framesBefore = sockets.frames();
    await server.ask('begin');
    progress(`${webhooksPerSecond} webhooks a second for ${seconds} s, ${tokens.length} sockets open`);
    const sends: number[] = [];
    await load(http, sockets.expect, conversations, tokens, seconds, sends);
    await sleep(1_000);
    const { loopDelayP99Ms } = await server.ask<{ loopDelayP99Ms: number }>('end');
    const framesPerSecond = Math.round((sockets.frames() - framesBefore) / seconds);
    sockets.close();
    return {
      name: 'delivery',
      frameP50Ms: rounded(percentile(sockets.delays, 50), 1),
      frameP99Ms: rounded(percentile(sockets.delays, 99), 1),
      sendP50Ms: rounded(percentile(sends, 50), 1),
      sendP99Ms: rounded(percentile(sends, 99), 1),
      loopDelayP99Ms: rounded(loopDelayP99Ms, 1),
      framesPerSecond,
      messagesSeen: sockets.delays.length,
      sends: sends.length,
    };
  } finally {
    http.close();
    await server.stop();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Http = ReturnType<typeof client>;

/** Starts each call when it is due, whether or not the ones before were answered. */
async function load(
  http: Http,
  expect: (conversationId: string, dueAt: number) => void,
  conversations: Map<number, string>,
  tokens: readonly string[],
  duration: number,
  sends: number[],
): Promise<void> {
  const started = performance.now();
  const running: Promise<unknown>[] = [];
  const everyMs = 1000 / webhooksPerSecond;
  for (let n = 0; n < duration * webhooksPerSecond; n++) {
    const dueAt = started + n * everyMs;
    const wait = dueAt - performance.now();
    if (wait > 1) await sleep(wait);
    const customer = n % customers;
    expect(conversations.get(customer) ?? '', dueAt);
    running.push(http.webhook(customer));
    if (n % (webhooksPerSecond / listsPerSecond) === 7) running.push(http.list(tokens[n % tokens.length] ?? ''));
    if (n % (webhooksPerSecond / sendsPerSecond) === 13) {
      // A manager of the team that the customer before last wrote to.
      const to = (n + customers - 2) % customers;
      const manager = tokens.at(-10 + (to % teamCount)) ?? '';
      running.push(http.send(manager, conversations.get(to) ?? '').then((ms) => sends.push(ms)));
    }
  }
  await Promise.all(running);
}

function client(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const call = (method: string, url: string, headers: Record<string, string>, body?: Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ port, host: '127.0.0.1', agent, method, path: url, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode && response.statusCode < 300) resolve(text);
          else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${text}`));
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    close: () => agent.destroy(),
    webhook(customer: number) {
      const payload = textWebhook({
        phoneNumberId: channelOf(customer % teamCount),
        from: String(60_120_000_000 + customer),
        text: 'A message of a customer',
        name: `Customer ${customer}`,
      });
      const { body, headers } = signWebhook(payload, appSecret);
      return call('POST', path, { ...headers, 'content-length': String(body.length) }, body);
    },
    list: (token: string) => call('GET', '/api/conversations?limit=50', bearer(token)),
    async send(token: string, conversationId: string): Promise<number> {
      const body = Buffer.from(JSON.stringify({ conversationId, text: 'An answer' }));
      const started = performance.now();
      const headers = { ...bearer(token), 'content-type': 'application/json', 'content-length': String(body.length) };
      await call('POST', '/api/messages/send', headers, body);
      return performance.now() - started;
    },
    /** Every customer's conversation, by the number in the customer's name. */
    async conversationsByCustomer(token: string): Promise<Map<number, string>> {
      const found = new Map<number, string>();
      for (let cursor = ''; ; ) {
        const text = await call('GET', `/api/conversations?limit=100${cursor && `&cursor=${cursor}`}`, bearer(token));
        const page = JSON.parse(text) as {
          data: { id: string; contact: { name: string } }[];
          nextCursor: string | null;
        };
        for (const { id, contact } of page.data) found.set(Number(contact.name.split(' ')[1]), id);
        if (!page.nextCursor) return found;
        cursor = page.nextCursor;
      }
    },
  };
}
