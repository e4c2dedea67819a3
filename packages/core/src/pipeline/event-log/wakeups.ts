/** Tells readers in this process that an organization's log, or the outbox, has grown. Carries no truth: only wakes. */
export interface Wakeups {
  /** Calls `listener` with the organization's id after each commit. Answers with the way to stop. */
  subscribe(listener: (organization: string) => void): () => void;
  notify(organization: string): void;
}

export function createWakeups(): Wakeups {
  const listeners = new Set<(organization: string) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify(organization) {
      for (const listener of listeners) listener(organization);
    },
  };
}
