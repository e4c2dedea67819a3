/** So many at once, and so many a second after that. */
export interface Allowance {
  /** Takes one; false when none is left. */
  take(): boolean;
}

export function createAllowance({ burst, perSecond }: { burst: number; perSecond: number }): Allowance {
  let left = burst;
  let at = performance.now();
  return {
    take() {
      const now = performance.now();
      left = Math.min(burst, left + ((now - at) / 1_000) * perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
