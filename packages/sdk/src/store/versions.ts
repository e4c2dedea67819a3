import type { Conversation } from '../types.js';

/**
 * The later state of a conversation, part by part: its contact and its last message have versions of their own, and an
 * answer may hold a newer one of them beside an older conversation.
 */
export function laterConversation(held: Conversation | undefined, incoming: Conversation): Conversation {
  if (!held) return incoming;
  const [base, other] = incoming.version >= held.version ? [incoming, held] : [held, incoming];
  const later = {
    ...base,
    contact: laterPart(base.contact, other.contact),
    lastMessage: base.lastMessage && laterPart(base.lastMessage, other.lastMessage),
  };
  return sameJson(later, held) ? held : later;
}

/** Whether two answers say the same: then the one that is shown stays, and nobody draws it anew. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function laterPart<T extends { id: string; version: number }>(base: T, other: T | null): T {
  return other?.id === base.id && other.version > base.version ? other : base;
}

/**
 * What was told while requests were under way. An answer may have been read before an event and arrive after it; this
 * tells which ones. Nothing is kept while no request runs: one that starts later reads what every earlier event told.
 */
export interface Watch {
  /** A request starts; the number says when. */
  begin(): number;
  end(): void;
  /** An event told that the thing has at least this version. */
  tell(id: string, version: number): void;
  /** It went out of sight. */
  leave(id: string): void;
  /** An answer to a request of then is older than what was told since. */
  isStale(id: string, version: number, started: number): boolean;
  /** Something was told of it since then. */
  isTouched(id: string, started: number): boolean;
  hasLeft(id: string, started: number): boolean;
}

export function createWatch(): Watch {
  const told = new Map<string, { at: number; version: number }>();
  const left = new Map<string, number>();
  let clock = 0;
  let underWay = 0;

  return {
    begin() {
      underWay++;
      return ++clock;
    },
    end() {
      if (--underWay > 0) return;
      told.clear();
      left.clear();
    },
    tell(id, version) {
      if (underWay > 0) told.set(id, { at: ++clock, version: Math.max(version, told.get(id)?.version ?? 0) });
    },
    leave(id) {
      if (underWay > 0) left.set(id, ++clock);
    },
    isStale(id, version, started) {
      const last = told.get(id);
      return last !== undefined && last.at > started && version < last.version;
    },
    isTouched: (id, started) => (told.get(id)?.at ?? 0) > started,
    hasLeft: (id, started) => (left.get(id) ?? 0) > started,
  };
}
