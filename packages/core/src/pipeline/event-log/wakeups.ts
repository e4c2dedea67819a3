import type { NewEvent } from './event.js';

export type WakeupListener = (organization: string, events: readonly NewEvent[]) => void;

/** Tells readers in this process that an organization's log has grown. Carries no truth: only wakes. */
export interface Wakeups {
  /** Calls `listener` after each commit that appended events. Answers with the way to stop. */
  subscribe(listener: WakeupListener): () => void;
  notify(organization: string, events: readonly NewEvent[]): void;
}

export function createWakeups(): Wakeups {
  const listeners = new Set<WakeupListener>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify(organization, events) {
      for (const listener of listeners) listener(organization, events);
    },
  };
}
