import type { Conversation } from '@tims/sdk';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

/** A row that is shown. */
export interface Row {
  readonly conversation: Conversation;
  /** The list no longer has it. */
  readonly gone: boolean;
}

export interface SteadyRows {
  readonly rows: readonly Row[];
  /** Conversations that wait to be let in. */
  readonly waiting: number;
}

/** How long rows stay where they are after the last sign of a hand. */
const calm = 4_000;

/** The rows as they are now. */
export function freshRows(conversations: readonly Conversation[]): SteadyRows {
  return { rows: conversations.map((conversation) => ({ conversation, gone: false })), waiting: 0 };
}

/** The rows as they stood, each with what is known of it now; only what is older than all of them is added. */
export function heldRows(before: readonly Row[], now: readonly Conversation[]): SteadyRows {
  const byId = new Map(now.map((conversation) => [conversation.id, conversation]));
  const known = new Set(before.map(({ conversation }) => conversation.id));
  const rows = before.map((row) => {
    const conversation = byId.get(row.conversation.id);
    if (!conversation) return row.gone ? row : { ...row, gone: true };
    return conversation === row.conversation && !row.gone ? row : { conversation, gone: false };
  });
  const end = now.findLastIndex(({ id }) => known.has(id)) + 1;
  const older = before.length === 0 ? now : now.slice(end);
  const waiting = now.length - older.length - rows.filter(({ gone }) => !gone).length;
  return { rows: [...rows, ...freshRows(older).rows], waiting: Math.max(0, waiting) };
}

/**
 * Keeps rows where they are for as long as they are held: nothing moves under a pointer that is about to press. What
 * was found by a search (`of`) is no order for anything else.
 */
export function useSteadyRows(conversations: readonly Conversation[], held: boolean, of: string): SteadyRows {
  const shown = useRef<{ of: string; rows: readonly Row[] }>(undefined);
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
