/** Who has a socket open on this server right now. Ephemeral: never written down. */
export interface Presence {
  /** Answers with the way to leave. */
  enter(userId: string): () => void;
  isOnline(userId: string): boolean;
}

export function createPresence(): Presence {
  const sockets = new Map<string, number>();
  return {
    enter(userId) {
      sockets.set(userId, (sockets.get(userId) ?? 0) + 1);
      return () => {
        const left = (sockets.get(userId) ?? 1) - 1;
        if (left > 0) sockets.set(userId, left);
        else sockets.delete(userId);
      };
    },
    isOnline: (userId) => sockets.has(userId),
  };
}
