import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** `cut` breaks the connection, `half` breaks it inside the body, `silence` never answers. */
export type Scripted =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'cut'
  | 'half'
  | 'silence';

/** A server on a real socket that answers what the test says, in order; when nothing is left, `otherwise`. */
export interface ScriptedServer {
  url: string;
  http: Server;
  received: Received[];
  next(...answers: Scripted[]): void;
  otherwise: (request: Received) => Scripted | Promise<Scripted>;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const script: Scripted[] = [];
  const http = createServer((request, response) => void answer(request, response));
  const server: ScriptedServer = {
    url: '',
    http,
    received: [],
    next: (...answers) => void script.push(...answers),
    otherwise: () => ({ body: {} }),
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url = '', headers } = request;
    const received = { method, url, headers, body: text === '' ? undefined : bodyOf(headers['content-type'], text) };
    server.received.push(received);
    const scripted = script.shift() ?? (await server.otherwise(received));
    if (scripted === 'silence') return;
    if (scripted === 'cut') return void request.socket.destroy();
    if (scripted === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"data":[');
      return void setTimeout(() => request.socket.destroy(), 20);
    }
    const { status = 200, body } = scripted;
    response.writeHead(status, { 'content-type': 'application/json', ...scripted.headers });
    response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`; // it listens on TCP
  return server;
}

/** A problem document as TIMS answers it. */
export function problem(
  status: number,
  code: string,
  members: object = {},
  headers: Record<string, string> = {},
): Scripted {
  const body = {
    type: `urn:tims:error:${code}`,
    title: code,
    status,
    code,
    help: 'Do it right.',
    requestId: 'req-1',
    ...members,
  };
  return { status, body, headers: { 'content-type': 'application/problem+json', ...headers } };
}

function bodyOf(type: string | undefined, text: string): unknown {
  return type === 'text/csv' ? text : JSON.parse(text);
}
