import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LossyProxy {
  url: string;
  /** How many of the next messages reach the server while their answers do not come back. */
  lose: number;
  close(): Promise<void>;
}

/** Stands before a server and loses the answers to what is sent, after the server has done it. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const server = createServer((request, response) => void pass(request, response));
  const proxy: LossyProxy = {
    url: '',
    lose: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const names = ['authorization', 'content-type', 'idempotency-key'];
    const headers = names.flatMap((name): [string, string][] => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const answer = await fetch(target + request.url, { method: request.method, headers, body });
    const text = await answer.text();
    if (proxy.lose > 0 && request.url === '/api/messages/send') {
      proxy.lose -= 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(text);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  return proxy;
}
