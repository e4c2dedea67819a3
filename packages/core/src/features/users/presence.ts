import type { PresenceState } from '../../pipeline/ephemeral.js';

/** Who has a socket open on this server right now. In memory; of it only the last time somebody was seen is kept. */
export interface Presence {
  /**
   * Answers with the way to leave.
   *
   * @param state what the client says of whoever sits before it, asked whenever somebody wants to know.
   */
  enter(userId: string, state?: () => 'online' | 'away'): () => void;
  /** Has an inbox open, be it unattended. */
  isOnline(userId: string): boolean;
  /** With several sockets open, the most present one counts. */
  stateOf(userId: string): PresenceState;
}

export function createPresence(): Presence {
  const sockets = new Map<string, Set<() => 'online' | 'away'>>();
  return {
    enter(userId, state = () => 'online') {
      // Of its own, so that one who enters twice with the same function leaves twice too.
      const socket = () => state();
      const open = sockets.get(userId) ?? new Set();
      sockets.set(userId, open.add(socket));
      return () => {
        open.delete(socket);
        if (open.size === 0 && sockets.get(userId) === open) sockets.delete(userId);
      };
    },
    isOnline: (userId) => sockets.has(userId),
    stateOf(userId) {
      const open = sockets.get(userId);
      if (!open) return 'offline';
      return [...open].some((state) => state() === 'online') ? 'online' : 'away';
    },
  };
}
