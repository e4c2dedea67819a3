import { TimsApiError } from './errors.js';
import { unlessAborted } from './waiting.js';

export interface Tokens {
  accessToken: string;
  /** Valid once; absent for a session that cannot be renewed. */
  refreshToken?: string | undefined;
}

export interface SessionOptions {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  /** New tokens to keep, or undefined when there are none any more. Awaited before they are used. */
  onTokens?: ((tokens: Tokens | undefined) => void | Promise<void>) | undefined;
  /** The session ended without `logout()`: show the login. */
  onSignedOut?: ((error: TimsApiError) => void) | undefined;
  /**
   * For tokens that several programs or tabs share: runs `work` while nobody else does, with the tokens that are kept at
   * that moment. Needed there, because a refresh token that is used twice ends the session for all of them.
   */
  exclusively?: (<T>(work: (kept: Tokens | undefined) => Promise<T>) => Promise<T>) | undefined;
}

/** The tokens in use. One refresh at a time, whoever asks. */
export interface Session {
  readonly tokens: Tokens | undefined;
  set(tokens: Tokens | undefined): Promise<void>;
  /** Calls with the access token; on 401 renews it once and calls again. */
  authorized<T>(call: (accessToken: string | undefined) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createSession(options: SessionOptions, refresh: (refreshToken: string) => Promise<Tokens>): Session {
  const { accessToken, refreshToken, onTokens, onSignedOut } = options;
  const exclusively = options.exclusively ?? ((work) => work(undefined));
  let tokens: Tokens | undefined =
    accessToken || refreshToken ? { accessToken: accessToken ?? '', refreshToken } : undefined;
  let renewal: Promise<void> | undefined;

  async function set(next: Tokens | undefined): Promise<void> {
    tokens = next && { accessToken: next.accessToken, refreshToken: next.refreshToken };
    await onTokens?.(tokens);
  }

  async function renew(refused: Tokens, failure: TimsApiError): Promise<void> {
    await exclusively(async (kept) => {
      // Somebody else who shares the tokens was faster.
      if (kept && kept.accessToken !== refused.accessToken) {
        tokens = kept;
        return;
      }
      const { refreshToken: token } = kept ?? refused;
      if (!token) return signOut(failure);
      try {
        await set(await refresh(token));
      } catch (error) {
        if (error instanceof TimsApiError && error.status === 401) return signOut(error);
        throw error;
      }
    });
  }

  async function signOut(error: TimsApiError): Promise<never> {
    await set(undefined);
    onSignedOut?.(error);
    throw error;
  }

  return {
    get tokens() {
      return tokens;
    },
    set,
    async authorized(call, signal) {
      const used = tokens;
      try {
        return await call(used?.accessToken);
      } catch (error) {
        if (!(error instanceof TimsApiError) || error.status !== 401 || !used) throw error;
        // Not the token, but a password or a code that was asked for once more: another try would be another wrong guess.
        if (error.code === 'login_failed') throw error;
        // Another call may have renewed or ended the session while this one was under way.
        if (tokens === used) {
          renewal ??= renew(used, error).finally(() => {
            renewal = undefined;
          });
        }
        if (renewal) await unlessAborted(renewal, signal);
        if (!tokens) throw error;
        return call(tokens.accessToken);
      }
    },
  };
}
