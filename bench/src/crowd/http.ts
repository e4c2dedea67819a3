import { Agent, request } from 'node:http';

export interface Answer {
  status: number;
  text: string;
}

export interface Http {
  call(method: string, path: string, options?: { token?: string; body?: object }): Promise<Answer>;
  /** A body that is signed already. */
  post(path: string, headers: Record<string, string>, body: Buffer): Promise<Answer>;
  close(): void;
}

/** A client that many people share: connections are kept, and as many are opened as are used at once. */
export function openHttp(port: number): Http {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const send = (method: string, path: string, headers: Record<string, string>, body?: Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { port, host: '127.0.0.1', agent, method, path, headers };
      const sent = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject).end(body);
    });
  return {
    call(method, path, { token, body } = {}) {
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      if (!body) return send(method, path, headers);
      const bytes = Buffer.from(JSON.stringify(body));
      return send(method, path, withLength({ ...headers, 'content-type': 'application/json' }, bytes), bytes);
    },
    post: (path, headers, body) => send('POST', path, withLength(headers, body), body),
    close: () => agent.destroy(),
  };
}

const withLength = (headers: Record<string, string>, body: Buffer) => ({
  ...headers,
  'content-length': String(body.length),
});
