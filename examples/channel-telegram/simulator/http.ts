import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  path: string;
  /** Query and body together: Telegram takes parameters from both, as JSON or as a form. */
  input: Record<string, unknown>;
}

/** `cut` breaks the connection, `silence` leaves it open. */
export type Answer = { status: number; body: unknown } | 'cut' | 'silence';

/** A server on a free port of this machine that answers every request with one function. */
export async function serve(port: number, answer: (request: Request) => Answer | Promise<Answer>) {
  const server = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const given = await answer(await read(request));
      if (given === 'silence') return;
      if (given === 'cut') return void request.socket.destroy();
      write(response, given.status, given.body);
    } catch (error) {
      write(response, 400, { error: String(error) });
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo; // it listens on TCP
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function write(response: ServerResponse, status: number, body: unknown): void {
  const [type, text] =
    typeof body === 'string' ? ['text/html', body] : ['application/json', JSON.stringify(body ?? null)];
  response.writeHead(status, { 'content-type': type }).end(text);
}

async function read(request: IncomingMessage): Promise<Request> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const isJson = request.headers['content-type']?.includes('json');
  const given = isJson ? JSON.parse(body || '{}') : Object.fromEntries(new URLSearchParams(body));
  return { path: url.pathname, input: { ...Object.fromEntries(url.searchParams), ...given } };
}
