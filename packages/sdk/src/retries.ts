import { TimsApiError, TimsError } from './errors.js';
import { backOff, wait } from './waiting.js';

export interface RetryPolicy {
  /** Tries after the first; 4 unless told. */
  count: number;
  /** No try begins later than this after the first, in milliseconds; 60,000 unless told. */
  totalMs: number;
  /** The first pause; it doubles with every try. */
  baseMs: number;
  /** The longest pause, unless the server asks for a longer one. */
  ceilingMs: number;
}

export const defaultRetries: RetryPolicy = { count: 4, totalMs: 60_000, baseMs: 250, ceilingMs: 8_000 };

/**
 * Tries until it works, until the failure is one that a repetition does not mend, or until the policy is used up; then
 * throws the last failure. Only for what may be done twice.
 */
export async function retrying<T>(attempt: () => Promise<T>, policy: RetryPolicy, signal?: AbortSignal): Promise<T> {
  const started = Date.now();
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= policy.count || !isPassing(error)) throw error;
      const asked = error instanceof TimsApiError ? (error.retryAfterMs ?? 0) : 0;
      const pause = Math.max(asked, backOff(tries, policy.baseMs, policy.ceilingMs));
      if (Date.now() - started + pause > policy.totalMs) throw error;
      await wait(pause, signal);
    }
  }
}

const passingStatuses = new Set([429, 502, 503, 504]);

/** Whether it may be gone the next time. */
function isPassing(error: unknown): boolean {
  if (error instanceof TimsApiError)
    return passingStatuses.has(error.status) || error.code === 'idempotency_in_progress';
  return error instanceof TimsError && (error.code === 'network_error' || error.code === 'timeout');
}
