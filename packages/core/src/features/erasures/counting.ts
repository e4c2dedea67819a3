import type { ErasedThing, ErasureReport } from './schema.js';

export type Count = (thing: ErasedThing, by: number) => void;

/** Adds to the report; `found` says how much was added since. */
export function counting(report: ErasureReport): { count: Count; found(): number } {
  let sum = 0;
  return {
    count(thing, by) {
      report[thing] += by;
      sum += by;
    },
    found: () => sum,
  };
}
