/** Whether somebody is there: at work, with an inbox open but away from it, or not at all. */
export const presenceStates = ['online', 'away', 'offline'] as const;
export type PresenceState = (typeof presenceStates)[number];

/** What holds for the moment only: told to whoever is there, in no log, and gone when it is missed. */
export type EphemeralItem =
  | { type: 'presence'; userId: string; state: PresenceState; lastSeenAt: string | null }
  | { type: 'viewing'; conversationId: string; userIds: readonly string[] }
  | { type: 'typing'; conversationId: string; userId: string; on: boolean };

export type EphemeralListener = (organization: string, items: readonly EphemeralItem[]) => void;

/**
 * Carries ephemeral items to the sockets of an organization. This one stays in its process: each server tells of its own
 * sockets alone. A cluster plugin may carry them further; whoever listens decides for each of their readers whether they
 * may see an item, so it needs to know nothing of permissions.
 */
export interface Ephemeral {
  publish(organization: string, items: readonly EphemeralItem[]): void;
  /** Answers with the way to stop. */
  subscribe(listener: EphemeralListener): () => void;
}

export function createEphemeral(): Ephemeral {
  const listeners = new Set<EphemeralListener>();
  return {
    publish(organization, items) {
      for (const listener of listeners) listener(organization, items);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
