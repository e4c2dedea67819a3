import type { OutboxStorage } from '@tims/sdk';

const tabKey = 'tims.tab';

/**
 * Where a tab keeps what it has not sent yet. Each tab has a place of its own, as two that write to one would lose what
 * the other wrote; what a tab left behind that is gone is taken over by the next that opens.
 */
export async function outboxStorage(userId: string): Promise<OutboxStorage> {
  const prefix = `tims.outbox.${userId}.`;
  const tab = await ownTab();
  const own = prefix + tab;
  const left = typeof navigator.locks === 'undefined' ? [] : await leftBehind(prefix, own);
  if (left.length > 0) {
    localStorage.setItem(own, merged([own, ...left].map((key) => localStorage.getItem(key))));
    for (const key of left) localStorage.removeItem(key);
  }
  return {
    load: () => localStorage.getItem(own),
    save: (text) => localStorage.setItem(own, text),
  };
}

/** The name of this tab, the same after a reload. A tab that was copied from another one gets its own. */
async function ownTab(): Promise<string> {
  const kept = sessionStorage.getItem(tabKey);
  if (kept && (await hold(kept))) return kept;
  const made = Math.random().toString(36).slice(2);
  await hold(made);
  sessionStorage.setItem(tabKey, made);
  return made;
}

const held = new Set<string>();

/** Holds the tab's name for as long as the page lives; false where another tab has it. */
async function hold(tab: string): Promise<boolean> {
  if (held.has(tab) || typeof navigator.locks === 'undefined') return true;
  return new Promise((resolve) => {
    void navigator.locks.request(lockOf(tab), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (!lock) return undefined;
      held.add(tab);
      return new Promise(() => {}); // until the page goes
    });
  });
}

/** The places of tabs that are gone. */
async function leftBehind(prefix: string, own: string): Promise<string[]> {
  const { held: locks = [] } = await navigator.locks.query();
  const alive = new Set(locks.map(({ name }) => name));
  return Object.keys(localStorage).filter(
    (key) => key.startsWith(prefix) && key !== own && !alive.has(lockOf(key.slice(prefix.length))),
  );
}

const lockOf = (tab: string) => `tims.tab.${tab}`;

/** Texts of outboxes as one; what cannot be read is left out. */
function merged(texts: readonly (string | null)[]): string {
  const entries = texts.flatMap((text) => {
    try {
      const kept: unknown = JSON.parse(text ?? 'null');
      return typeof kept === 'object' && kept !== null && 'entries' in kept && Array.isArray(kept.entries)
        ? kept.entries
        : [];
    } catch {
      return [];
    }
  });
  return JSON.stringify({ v: 1, entries });
}
