import { createTims, type Tims, type TimsApiError, type Tokens } from '@tims/sdk';
import { noteServerTime } from '../../inbox-kit/server-time.js';
import { exclusively } from './kept-session.js';

export interface ClientOptions {
  url: string;
  tokens?: Tokens | undefined;
  onTokens(tokens: Tokens | undefined): void;
  onSignedOut(error: TimsApiError): void;
  /** The organization lets nobody work without a second factor, and the user has none. */
  onSecondFactorDemanded?: (() => void) | undefined;
}

/** A client that shares its tokens with the other tabs, and learns what time it is for the server. */
export function createClient({ url, tokens, onTokens, onSignedOut, onSecondFactorDemanded }: ClientOptions): Tims {
  return createTims({
    url,
    accessToken: tokens?.accessToken,
    refreshToken: tokens?.refreshToken,
    exclusively,
    onSignedOut,
    onTokens(next) {
      if (next) noteServerTime(issuedAt(next.accessToken));
      onTokens(next);
    },
    async fetch(request) {
      const response = await globalThis.fetch(request);
      const date = response.headers.get('date'); // of another origin only where that exposes it
      if (date) noteServerTime(Date.parse(date));
      if (response.status === 403 && (await refusalOf(response)) === 'second_factor_setup_required') {
        onSecondFactorDemanded?.();
      }
      return response;
    },
  });
}

/** The code of a refusal, read beside whoever reads the answer. */
async function refusalOf(response: Response): Promise<unknown> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
}

/** When a token was made, epoch milliseconds; NaN where it does not say. A new one was made a moment ago. */
function issuedAt(token: string): number {
  try {
    const payload: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
    const stated = typeof payload === 'object' && payload !== null && 'iat' in payload ? payload.iat : undefined;
    return typeof stated === 'number' ? stated * 1000 : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
