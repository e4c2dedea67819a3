import createClient from 'openapi-fetch';
import { createCaller } from './call.js';
import { operationTable } from './generated/operations.js';
import { openRealtime, type Realtime, type RealtimeOptions } from './realtime/realtime.js';
import type { WebSocketConstructor } from './realtime/web-socket.js';
import { createResources } from './resources.js';
import { defaultRetries, type RetryPolicy } from './retries.js';
import { createSession, type SessionOptions, type Tokens } from './session.js';
import type { Input, Resources, User } from './types.js';

export interface TimsOptions extends SessionOptions {
  /** Where the server is, e.g. `https://tims.example.com`. */
  url: string;
  /** Instead of the global one. It is called with a `Request`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How often what may be tried again is tried again; a number sets `count` alone. */
  retries?: number | Partial<RetryPolicy> | undefined;
  /** For each try, in milliseconds; 30,000 unless told. */
  timeoutMs?: number | undefined;
  /** Instead of the global one; Node has one from version 22 on. */
  WebSocket?: WebSocketConstructor | undefined;
}

/** With whom to sign in; `code` where the account has a second factor. */
export type Credentials = Omit<Input<'auth.login'>, 'mode'>;

export interface Tims extends Omit<Resources, 'realtime'> {
  /** Signs in; from here on every call carries the access token. `second_factor_required`: again, with `code`. */
  login(credentials: Credentials): Promise<User>;
  /** Ends the session here, and at the server where it can be reached. */
  logout(): Promise<void>;
  readonly signedIn: boolean;
  /** Opens a connection that brings events as they happen. */
  realtime: Resources['realtime'] & ((options?: RealtimeOptions) => Realtime);
}

/**
 * A client of one server.
 *
 * @example
 * const tims = createTims({ url: 'https://tims.example.com' });
 * await tims.login({ email, password });
 * await tims.messages.send({ conversationId, text: 'Hello' });
 */
export function createTims(options: TimsOptions): Tims {
  const { retries = {}, timeoutMs = 30_000 } = options;
  const url = options.url.replace(/\/+$/, '');
  const fetchNow = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  // Lists of values go as one comma-separated parameter.
  const client = createClient({
    baseUrl: url,
    fetch: fetchNow,
    querySerializer: { array: { style: 'form', explode: false } },
  });
  const session = createSession(options, refresh);
  const call = createCaller({
    client,
    session,
    timeoutMs,
    retries: { ...defaultRetries, ...(typeof retries === 'number' ? { count: retries } : retries) },
  });
  const resources = createResources(call);

  async function refresh(refreshToken: string): Promise<Tokens> {
    // Only a session in cookies is answered without tokens, and that one has no refresh token to send.
    return (await resources.auth.refresh({ refreshToken })) as Tokens;
  }

  async function ticketUrl(signal: AbortSignal): Promise<string> {
    const ticket = await call(operationTable['realtime.ticket'], {}, { signal, retries: 0, timeoutMs: 10_000 });
    const { url: path } = ticket as { url: string }; // the document says so
    return url.replace(/^http/, 'ws') + path;
  }

  return {
    ...resources,
    async login(credentials) {
      const { user, ...tokens } = await resources.auth.login({ ...credentials, mode: 'token' });
      await session.set(tokens as Tokens); // what the mode asks for
      return user;
    },
    async logout() {
      const refreshToken = session.tokens?.refreshToken;
      await session.set(undefined);
      if (refreshToken) await resources.auth.logout({ refreshToken });
    },
    get signedIn() {
      return session.tokens !== undefined;
    },
    realtime: Object.assign(
      (chosen?: RealtimeOptions) => openRealtime({ ticketUrl, WebSocket: options.WebSocket }, chosen),
      resources.realtime,
    ),
  };
}
