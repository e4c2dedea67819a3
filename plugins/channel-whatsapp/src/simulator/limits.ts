import type { Settings } from './control-schemas.js';

/** Meta's two rates: of a number, and of a number towards one customer. Gives the error code, or undefined. */
export type RateLimit = (phoneNumberId: string, customer: string, now: number) => 130429 | 131056 | undefined;

export function createRateLimit(settings: () => Settings): RateLimit {
  /** Sends of a number in its current second. */
  const seconds = new Map<string, { second: number; count: number }>();
  /** Burst left of a pair; it refills one by one. */
  const pairs = new Map<string, { left: number; at: number }>();

  return (phoneNumberId, customer, now) => {
    const { throughputPerSecond, pairBurst, pairRefillMs } = settings();
    if (throughputPerSecond > 0) {
      const second = Math.floor(now / 1000);
      const current = seconds.get(phoneNumberId);
      const count = current?.second === second ? current.count + 1 : 1;
      seconds.set(phoneNumberId, { second, count });
      if (count > throughputPerSecond) return 130429;
    }
    if (pairBurst > 0) {
      const key = `${phoneNumberId} ${customer}`;
      const pair = pairs.get(key) ?? { left: pairBurst, at: now };
      const left = Math.min(pairBurst, pair.left + (now - pair.at) / pairRefillMs);
      if (left < 1) return 131056;
      pairs.set(key, { left: left - 1, at: now });
    }
    return undefined;
  };
}
