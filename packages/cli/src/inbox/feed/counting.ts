import type { Tims } from '@tims/sdk';
import { type Counts, type FilterCounts, type Group, isCountedAlone } from '../state/groups.js';

/** Keeps the counts of the groups up to date, without asking more often than they can be read. */
export interface Counting {
  readonly counts: Counts | undefined;
  readonly filtered: FilterCounts;
  /** Something changed that is counted. */
  recount(): void;
  want(): void;
  close(): void;
}

interface CountingOptions {
  readonly tims: Tims;
  readonly groups: () => readonly Group[];
  readonly isOver: () => boolean;
  readonly changed: () => void;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
}

/** Counts follow the log by a moment; asked for at most once a second. */
const countsAfterMs = 400;
const countsEveryMs = 1_000;
/** On a busy server they follow later: so long they are asked for again after the last change. */
const countsSettleMs = 3_000;
/** Each saved view is a request: of many, the first ones are counted, and not as often. */
const mostFilters = 12;
const filtersEveryMs = 4_000;

export function createCounting({ tims, groups, isOver, changed, onError, now }: CountingOptions): Counting {
  let counts: Counts | undefined;
  let filtered: FilterCounts = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let countedAt = 0;
  let filteredAt = 0;
  let changedAt = 0;
  let filteredFor = '';
  let closed = false;

  function want(): void {
    if (closed || timer || isOver()) return;
    const pause = Math.max(countsAfterMs, countsEveryMs - (now() - countedAt));
    timer = setTimeout(() => void read(), countedAt === 0 ? 0 : pause);
  }

  async function read(): Promise<void> {
    countedAt = now();
    try {
      counts = await tims.conversations.counts({}, { retries: 0 });
      changed();
      await readFiltered();
    } catch (error) {
      onError(error);
    } finally {
      timer = undefined;
      // The counts may not have followed yet what made us ask.
      const since = now() - changedAt;
      if (since < countsSettleMs || (filteredAt < changedAt && since < 2 * filtersEveryMs)) want();
    }
  }

  async function readFiltered(): Promise<void> {
    const alone = groups().filter(isCountedAlone).slice(0, mostFilters);
    const wanted = JSON.stringify(alone.map(({ id, filter }) => [id, filter]));
    if (wanted === filteredFor && now() - filteredAt < filtersEveryMs) return;
    const next = new Map<string, { total: number; unread: number; more: boolean }>();
    const startedAt = now();
    for (const { id, filter } of alone) {
      const { order: _order, ...counted } = filter;
      const { filtered: found } = await tims.conversations.counts(counted, { retries: 0 });
      if (found) next.set(id, { total: found.total, unread: 0, more: !found.exact });
    }
    filtered = next;
    filteredFor = wanted;
    filteredAt = startedAt;
    changed();
  }

  return {
    get counts() {
      return counts;
    },
    get filtered() {
      return filtered;
    },
    recount() {
      changedAt = now();
      want();
    },
    want,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
