import { type ChannelConfig, type SendContext, SendError } from '@tims/core/plugin';
import { graphBase, textSetting } from './config.js';
import { classify, readError, withoutTokens } from './errors.js';
import { type Json, object } from './parse/json.js';

export interface GraphRequest {
  method: 'GET' | 'POST';
  /** Below the version, e.g. `/100200300/messages`. */
  path: string;
  body?: Json;
}

/**
 * One call of the Graph API.
 *
 * @throws SendError `retry` only when nothing can have been sent; `unknown` when the request may have been taken
 *   (timeout, reset, a gateway's 5xx, an unreadable success). No error text holds the access token.
 */
export async function graph(context: SendContext, request: GraphRequest): Promise<Json> {
  const response = await fetchFrom(context, request);
  const answer = await readAnswer(response);
  if (response.ok) {
    if (answer) return answer;
    throw new SendError('unknown', { code: 'unreadable', text: 'WhatsApp said yes, but its answer cannot be read.' });
  }
  throw refusal(response, answer, context.config);
}

async function fetchFrom(context: SendContext, request: GraphRequest): Promise<Response> {
  const { signal } = context;
  if (signal.aborted) throw new SendError('retry', { code: 'aborted', text: 'Stopped before anything was sent.' });
  const url = `${graphBase(context.installation)}${request.path}`;
  if (!URL.canParse(url)) {
    throw new SendError('credentials', { code: 'graph_url', text: 'The setting graphUrl is no web address.' });
  }
  const headers = requestHeaders(context.config);
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  try {
    // A redirect would carry the token to another host; the Graph API has none.
    return await fetch(url, { method: request.method, headers, body, signal, redirect: 'manual' });
  } catch (error) {
    throw transportError(error, signal);
  }
}

function requestHeaders(config: ChannelConfig): Headers {
  const token = textSetting(config, 'accessToken');
  try {
    return new Headers({ authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/json' });
  } catch {
    // The platform's own error would quote the token.
    throw new SendError('credentials', {
      code: 'access_token',
      text: 'The access token has characters that no token has. Paste it again without line breaks.',
    });
  }
}

/** What cannot be read as a JSON object is undefined; a connection that breaks while answering is told apart. */
async function readAnswer(response: Response): Promise<Json | undefined> {
  let body: string;
  try {
    body = await response.text();
  } catch (cause) {
    throw new SendError('unknown', { code: 'answer_cut_off', text: "WhatsApp's answer was cut off.", cause });
  }
  try {
    return object(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function refusal(response: Response, answer: Json | undefined, config: ChannelConfig): SendError {
  const error = readError(answer?.error);
  const wait = retryAfter(response.headers.get('retry-after'));
  if (!error) return withoutMeta(response.status, wait);
  const { kind, retryAfterMs } = classify(Number(error.code));
  const text = withoutTokens(error.text, textSetting(config, 'accessToken'));
  if (kind !== 'retry' && kind !== 'rate_limited') return new SendError(kind, { code: error.code, text });
  const longest = Math.max(wait ?? 0, retryAfterMs ?? 0);
  return new SendError(kind, { code: error.code, text, ...(longest > 0 ? { retryAfterMs: longest } : {}) });
}

/** An answer that is not Meta's own: a proxy's or a gateway's. */
function withoutMeta(status: number, wait: number | undefined): SendError {
  const detail = { code: `http_${status}`, text: `The address of the Graph API answered HTTP ${status}.` };
  if (status === 429) return new SendError('rate_limited', { ...detail, retryAfterMs: wait ?? 5000 });
  if (status === 401 || status === 403) return new SendError('credentials', detail);
  // A gateway that gave up does not say whether the request had gone through; nor does a 408.
  if (status >= 500 || status === 408) return new SendError('unknown', detail);
  return new SendError('rejected', detail);
}

const longestWait = 24 * 60 * 60 * 1000;

/** `Retry-After` in seconds or as a date; milliseconds from now, at most a day. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestWait) : undefined;
}

/** Codes that come before the first byte of a request is written. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function transportError(error: unknown, signal: AbortSignal): SendError {
  const causes = causesOf(error);
  const code = causes.map((cause) => cause.code).find((found) => typeof found === 'string') ?? 'network';
  const before = causes.some(
    ({ code: found, syscall }) =>
      (typeof found === 'string' && neverSent.has(found)) || syscall === 'connect' || syscall === 'getaddrinfo',
  );
  if (before)
    return new SendError('retry', { code: String(code), text: 'The Graph API cannot be reached.', cause: error });
  if (signal.aborted) {
    return new SendError('unknown', { code: 'timeout', text: 'WhatsApp did not answer in time.', cause: error });
  }
  return new SendError('unknown', { code: String(code), text: 'The connection to WhatsApp broke.', cause: error });
}

/** `fetch` wraps the socket's error, once or twice; several tried addresses come as an AggregateError with a code. */
function causesOf(error: unknown): { code?: unknown; syscall?: unknown }[] {
  const causes: { code?: unknown; syscall?: unknown }[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 5) {
    // Node's system errors carry these two beside the standard fields.
    const { code, syscall } = current as Error & { code?: unknown; syscall?: unknown };
    causes.push({ code, syscall });
    current = current.cause;
  }
  return causes;
}
