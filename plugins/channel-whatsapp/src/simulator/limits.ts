import type { Settings } from './control-schemas.js';

/** What is left of Meta's two rates: of a number, and of a number towards one customer. */
export interface Rates {
  /** Sends of a number in its current second. */
  seconds: Map<string, { second: number; count: number }>;
  /** Burst left of a pair, and when it was counted; it refills one by one. */
  pairs: Map<string, { left: number; at: number }>;
}

export function emptyRates(): Rates {
  return { seconds: new Map(), pairs: new Map() };
}

/** Counts one send; gives the code of the rate that it exceeds. */
export function exceededRate(
  rates: Rates,
  settings: Settings,
  send: { phoneNumberId: string; customer: string; now: number },
): 130429 | 131056 | undefined {
  const { phoneNumberId, customer, now } = send;
  const { throughputPerSecond, pairBurst, pairRefillMs } = settings;
  if (throughputPerSecond > 0) {
    const second = Math.floor(now / 1000);
    const current = rates.seconds.get(phoneNumberId);
    const count = current?.second === second ? current.count + 1 : 1;
    rates.seconds.set(phoneNumberId, { second, count });
    if (count > throughputPerSecond) return 130429;
  }
  if (pairBurst > 0) {
    const key = `${phoneNumberId} ${customer}`;
    const pair = rates.pairs.get(key) ?? { left: pairBurst, at: now };
    const left = Math.min(pairBurst, pair.left + (now - pair.at) / pairRefillMs);
    if (left < 1) return 131056;
    rates.pairs.set(key, { left: left - 1, at: now });
  }
  return undefined;
}
