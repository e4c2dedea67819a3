import type { LoggedEvent } from './event.js';

/** What this process appended last: whoever follows the log closely need not read it back from the database. */
export interface RecentEvents {
  /** After the commit. */
  add(organization: string, events: readonly LoggedEvent[]): void;
  /**
   * The events that follow this number without a gap, oldest first, at most `limit`; undefined where they are not known
   * here. There may be more: another server's stand in the database alone.
   */
  after(organization: string, sequence: number, limit: number): readonly LoggedEvent[] | undefined;
}

/** For each organization; a storm that outruns its readers sends them to the database. */
const kept = 2_000;
/** Organizations that appended last. */
const mostOrganizations = 100;

export function createRecentEvents(): RecentEvents {
  const logs = new Map<string, LoggedEvent[]>();
  return {
    add(organization, events) {
      const [first] = events;
      if (!first) return;
      const known = logs.get(organization);
      const last = known?.at(-1)?.sequence ?? 0;
      // Commits are told of one by one, not always in their order.
      if (first.sequence <= last) return;
      logs.delete(organization);
      const log = known && first.sequence === last + 1 ? known : [];
      log.push(...events);
      if (log.length > 2 * kept) log.splice(0, log.length - kept);
      logs.set(organization, log);
      if (logs.size > mostOrganizations) logs.delete(logs.keys().next().value ?? '');
    },
    after(organization, sequence, limit) {
      const log = logs.get(organization);
      const [first] = log ?? [];
      if (!log || !first || sequence + 1 < first.sequence) return undefined;
      const at = sequence + 1 - first.sequence;
      return at < log.length ? log.slice(at, at + limit) : undefined;
    },
  };
}
