import type { Tokens } from '@tims/sdk';

/** What the browser keeps of a session, for all tabs. */
export interface KeptSession {
  readonly url: string;
  /** Whose it is; known a moment after the tokens. */
  readonly userId?: string | undefined;
  /** Absent once the session ended by itself: the reader has to sign in again, and goes on where they were. */
  readonly tokens?: Tokens | undefined;
}

export const sessionKey = 'tims.session';

export function readKeptSession(text = localStorage.getItem(sessionKey)): KeptSession | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing at all is kept after signing out. */
export function keepSession(session: KeptSession | undefined): void {
  if (session) localStorage.setItem(sessionKey, JSON.stringify(session));
  else localStorage.removeItem(sessionKey);
}

/** Runs the work while no other tab does, with the tokens that are kept at that moment. */
export function exclusively<T>(work: (kept: Tokens | undefined) => Promise<T>): Promise<T> {
  const run = () => work(readKeptSession()?.tokens);
  // Pages of an insecure origin have no locks: there each tab does what it can.
  if (typeof navigator.locks === 'undefined') return run();
  return new Promise((resolve, reject) => {
    navigator.locks.request(sessionKey, () => run().then(resolve, reject)).catch(reject);
  });
}

/** The storage is the user's: anything may stand in it. */
function isKept(value: unknown): value is KeptSession {
  if (typeof value !== 'object' || value === null || !('url' in value) || typeof value.url !== 'string') return false;
  if (!('tokens' in value) || value.tokens === undefined) return true;
  const { tokens } = value;
  return typeof tokens === 'object' && tokens !== null && 'accessToken' in tokens;
}
