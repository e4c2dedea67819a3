/** Lets each channel start so many sends a second, and a second's worth at once. */
export interface Pacer {
  /** Whether the channel may start another send now; counts it if so. */
  take(channelId: string, perSecond: number, now: number): boolean;
}

export function createPacer(): Pacer {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(channelId, perSecond, now) {
      const bucket = buckets.get(channelId) ?? { tokens: perSecond, at: now };
      const elapsed = Math.max(0, now - bucket.at) / 1000;
      const tokens = Math.min(perSecond, bucket.tokens + elapsed * perSecond);
      const allowed = tokens >= 1;
      buckets.set(channelId, { tokens: allowed ? tokens - 1 : tokens, at: now });
      return allowed;
    },
  };
}
