import { Agent, request } from 'node:http';
import { startProcess } from '../server-process.js';
import type { Ask } from './asks.js';
import { type Times, timesOf } from './measure.js';

/** The same asks to a server in a process of its own, beside a route that does nothing. */
export async function timesOverHttp(url: string, asks: readonly Ask[], rounds: number): Promise<Times> {
  const emails = [...new Set(asks.map(({ as }) => as.email))];
  const server = await startProcess(new URL('./server.js', import.meta.url), { url, emails });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path: string, token = '') =>
    new Promise<void>((resolve, reject) => {
      const headers = token ? { authorization: `Bearer ${token}` } : {};
      const sent = request({ port: server.port, host: '127.0.0.1', agent, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`GET ${path} answered ${response.statusCode}: ${text}`));
        });
      });
      sent.on('error', reject).end();
    });
  try {
    const { tokens } = await server.ask<{ tokens: Record<string, string> }>('tokens');
    return await timesOf(
      asks,
      rounds,
      (ask) => get(ask.path, tokens[ask.as.email]),
      () => get('/healthz'),
    );
  } finally {
    agent.destroy();
    await server.stop();
  }
}
