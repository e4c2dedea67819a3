const minute = 60_000;

/**
 * Who writes more than is taken for writing. Counted in memory, by each server for itself: it decides what moves the
 * queue, never what is stored, so a restart or a second server only lets a few more through.
 */
export interface Floods {
  /** Counts one more; answers whether it is over the limit of its minute. 0 is no limit. */
  isOver(subject: string, perMinute: number, at: number): boolean;
}

/** The most subjects that are remembered; past it, those of minutes that are over are forgotten. */
const mostSubjects = 50_000;

export function createFloods(): Floods {
  const counts = new Map<string, { since: number; count: number }>();
  return {
    isOver(subject, perMinute, at) {
      if (perMinute === 0) return false;
      const known = counts.get(subject);
      if (known && at - known.since < minute) return ++known.count > perMinute;
      if (counts.size >= mostSubjects) forgetOld(counts, at);
      counts.set(subject, { since: at, count: 1 });
      return false;
    },
  };
}

function forgetOld(counts: Map<string, { since: number }>, at: number): void {
  for (const [subject, { since }] of counts) if (at - since >= minute) counts.delete(subject);
  // All of this one minute: whoever floods with made-up senders must not fill the memory either.
  if (counts.size >= mostSubjects) counts.clear();
}
