import { Agent, request } from 'node:http';
import { signWebhook } from '@tims/testing/whatsapp';
import { appSecret, credentials } from './scene.js';

export interface Answer {
  /** 0 where no answer came. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request; never rejects: a connection that is refused or cut is an answer with status 0. */
export function call(
  method: string,
  url: string,
  {
    headers = {},
    body,
    timeoutMs = 15_000,
  }: { headers?: Record<string, string>; body?: Buffer | string; timeoutMs?: number } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: 0, headers: {}, body: '' });
    const sent = request(url, { method, agent, headers, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', nothing);
      response.on('aborted', nothing);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', nothing);
    sent.end(body);
  });
}

/** Posts a webhook as Meta does. */
export function postWebhook(url: string, payload: object, timeoutMs?: number): Promise<Answer> {
  const { body, headers } = signWebhook(payload, appSecret);
  return call('POST', `${url}/api/webhook/whatsapp`, { headers, body, ...(timeoutMs ? { timeoutMs } : {}) });
}

/** A client of the API, logged in as the administrator. */
export interface Api {
  token: string;
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** @throws Error unless the answer is a 2xx. */
  get<T>(path: string): Promise<T>;
}

export async function signIn(url: string): Promise<Api> {
  const login = await call('POST', `${url}/api/auth/login`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const { accessToken } = JSON.parse(login.body) as { accessToken: string }; // the API's own schema
  const send: Api['call'] = (method, path, body, headers = {}) =>
    call(method, `${url}${path}`, {
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  return {
    token: accessToken,
    call: send,
    async get<T>(path: string) {
      const answer = await send('GET', path);
      if (answer.status < 200 || answer.status > 299)
        throw new Error(`GET ${path} answered ${answer.status}: ${answer.body}`);
      return JSON.parse(answer.body) as T; // the caller names the API's schema
    },
  };
}
