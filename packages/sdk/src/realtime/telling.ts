/** What a client may tell of itself beside subscribing. */
export interface Telling {
  /** Colleagues are told that somebody looks at the conversation; null for none. It is told again after a reconnection. */
  view(conversationId: string | null): void;
  /** Call it with each key that is pressed: it is told now and then, and ends by itself six seconds after the last. */
  typing(conversationId: string, on?: boolean): void;
  /** Whether somebody is there; `online` unless told. What counts as away is yours to say. */
  presence(state: 'online' | 'away'): void;
}

/** The server forgets after six seconds; half of it leaves time for the way. */
const typingAgainMs = 3_000;

/** Tells through `send`, which drops what cannot be sent now; `resume` tells again what still holds. */
export function createTelling(send: (message: object) => void): Telling & { resume(): void } {
  let viewed: string | null = null;
  let state: 'online' | 'away' = 'online';
  let typed: { conversationId: string; at: number } | undefined;
  return {
    view(conversationId) {
      if (viewed === conversationId) return;
      viewed = conversationId;
      send({ type: 'viewing', conversationId });
    },
    typing(conversationId, on = true) {
      const same = typed?.conversationId === conversationId;
      const now = Date.now();
      if (on ? same && now - (typed?.at ?? 0) < typingAgainMs : !same) return;
      typed = on ? { conversationId, at: now } : undefined;
      send({ type: 'typing', conversationId, on });
    },
    presence(next) {
      if (state === next) return;
      state = next;
      send({ type: 'presence', state });
    },
    resume() {
      typed = undefined;
      if (state !== 'online') send({ type: 'presence', state });
      if (viewed !== null) send({ type: 'viewing', conversationId: viewed });
    },
  };
}
