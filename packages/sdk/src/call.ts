import type createClient from 'openapi-fetch';
import { TimsApiError, TimsError, TimsNetworkError, TimsTimeoutError } from './errors.js';
import { type Operation, place } from './operation.js';
import { type RetryPolicy, retrying } from './retries.js';
import type { Session } from './session.js';
import type { CallOptions } from './types.js';

export type Input = Readonly<Record<string, unknown>>;

/** Calls an operation: places its parameters, authorizes it, and tries again what may be tried again. */
export type Caller = (operation: Operation, input?: Input, options?: CallOptions) => Promise<unknown>;

export interface CallerSettings {
  client: ReturnType<typeof createClient>;
  session: Session;
  retries: RetryPolicy;
  timeoutMs: number;
}

export function createCaller({ client, session, retries, timeoutMs }: CallerSettings): Caller {
  return async (operation, input = {}, options = {}) => {
    const { signal } = options;
    signal?.throwIfAborted();
    const { path, query, body, csv } = place(operation, input);
    // The same key over all tries: what the server did once it answers again.
    const key = operation.key ? (options.idempotencyKey ?? newKey()) : undefined;
    const once = (accessToken?: string) =>
      tryOnce(client, operation, {
        params: { path, query },
        body: body ?? csv,
        headers: {
          ...(operation.csv ? { 'content-type': 'text/csv' } : {}),
          ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
          ...options.headers,
        },
        timeoutMs: options.timeoutMs ?? timeoutMs,
        signal,
      });
    const attempt = () => (operation.open ? once() : session.authorized(once, signal));
    if (operation.method !== 'GET' && key === undefined) return attempt();
    return retrying(attempt, { ...retries, count: options.retries ?? retries.count }, signal);
  };
}

interface Try {
  params: { path: Record<string, string>; query: Record<string, unknown> };
  body: unknown;
  headers: Record<string, string>;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** One request. The time-out covers the answer's body too. */
async function tryOnce(client: CallerSettings['client'], operation: Operation, request: Try): Promise<unknown> {
  const { timeoutMs, signal, ...init } = request;
  const abort = new AbortController();
  const aborted = () => abort.abort(signal?.reason);
  if (signal?.aborted) aborted();
  signal?.addEventListener('abort', aborted, { once: true });
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const { data, error, response } = await send(client)(operation.method, operation.path, {
      ...init,
      ...(operation.text ? { parseAs: 'text' } : {}),
      ...(operation.csv ? { bodySerializer: asItIs } : {}),
      signal: abort.signal,
    });
    if (response.ok) return data;
    throw new TimsApiError(response, error);
  } catch (error) {
    if (error instanceof TimsError) throw error;
    signal?.throwIfAborted();
    if (abort.signal.aborted) throw new TimsTimeoutError(timeoutMs);
    if (error instanceof SyntaxError)
      throw new TimsError('unexpected_answer', 'The answer is no JSON', { cause: error });
    throw new TimsNetworkError(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', aborted);
  }
}

type Send = (
  method: string,
  path: string,
  init: Pick<Try, 'params' | 'body' | 'headers'> & {
    signal: AbortSignal;
    parseAs?: 'text';
    bodySerializer?: (body: unknown) => unknown;
  },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** The client's own types are by literal path; here the path is data and the types stand in `types.ts`. */
function send(client: CallerSettings['client']): Send {
  return client.request as unknown as Send;
}

const asItIs = (body: unknown) => body;

/** An idempotency key. Browsers have `randomUUID` on secure origins only. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
