import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundEvent } from '@tims/core/plugin';
import whatsapp from '../src/index.js';

export interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
  genuine: boolean;
  events: InboundEvent[];
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Status of the next answers; 200 when none is left. */
  answers: number[];
  /** Resolves when `count` webhooks have come. */
  until(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** A little server that takes webhooks the way TIMS does: handshake, signature over the raw bytes, parse. */
export async function startReceiver(settings: { appSecret: string; verifyToken: string }): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'GET') {
        const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
        const answer = whatsapp.handshake(query, settings);
        response.writeHead(answer.status).end(answer.body);
        return;
      }
      const body = Buffer.concat(chunks);
      const headers = { 'x-hub-signature-256': String(request.headers['x-hub-signature-256']) };
      const genuine = whatsapp.verify({ headers, body }, settings.appSecret);
      const events = whatsapp.parse(jsonOf(body), Date.now());
      received.push({ headers: request.headers, body, genuine, events });
      response.writeHead(answers.shift() ?? 200).end();
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listens on TCP
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answers,
    async until(count) {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return received;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
