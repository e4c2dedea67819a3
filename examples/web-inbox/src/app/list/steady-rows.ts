import type { Conversation } from '@tims/sdk';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

/** The rows that are shown. */
export interface SteadyRows {
  readonly rows: readonly Conversation[];
  /** Those among them that the list no longer has. */
  readonly gone: ReadonlySet<string>;
  /** Conversations that wait to be let in. */
  readonly waiting: number;
}

/** How long rows stay where they are after the last sign of a hand. */
const calm = 4_000;

const none: ReadonlySet<string> = new Set();

/** The rows as they are now. */
export function freshRows(conversations: readonly Conversation[]): SteadyRows {
  return { rows: conversations, gone: none, waiting: 0 };
}

/** The rows as they stood, each with what is known of it now; only what is older than all of them is added. */
export function heldRows(before: readonly Conversation[], now: readonly Conversation[]): SteadyRows {
  const byId = new Map(now.map((conversation) => [conversation.id, conversation]));
  const known = new Set(before.map(({ id }) => id));
  const gone = new Set(before.flatMap(({ id }) => (byId.has(id) ? [] : [id])));
  const kept = before.map((conversation) => byId.get(conversation.id) ?? conversation);
  const end = now.findLastIndex(({ id }) => known.has(id)) + 1;
  const older = before.length === 0 ? now : now.slice(end);
  const waiting = now.length - older.length - (kept.length - gone.size);
  return { rows: [...kept, ...older], gone, waiting: Math.max(0, waiting) };
}

/**
 * Keeps rows where they are for as long as they are held: nothing moves under a pointer that is about to press. What
 * was found by a search (`of`) is no order for anything else.
 */
export function useSteadyRows(conversations: readonly Conversation[], held: boolean, of: string): SteadyRows {
  const shown = useRef<{ of: string; rows: readonly Conversation[] }>(undefined);
  const steady = useMemo(() => {
    const before = shown.current;
    return held && before?.of === of ? heldRows(before.rows, conversations) : freshRows(conversations);
  }, [conversations, held, of]);
  useLayoutEffect(() => {
    shown.current = { of, rows: steady.rows };
  }, [steady, of]);
  return steady;
}

/** Whether somebody's hand is on the rows: `touch` says it is, `release` that it is not. */
export function useHold(): { held: boolean; touch: () => void; release: () => void } {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(false);
  }, []);
  const touch = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), calm);
    setHeld(true);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { held, touch, release };
}
