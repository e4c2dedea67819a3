import type { Conversation } from '@tims/sdk';
import { useMemo, useRef, useState } from 'react';
import { useCommands } from '../../inbox-kit/commands.js';
import { toast } from '../../inbox-kit/toasts.js';
import { type Cursor, command } from '../list/use-cursor.js';

/** What one request takes. */
export const mostSelected = 500;

/** The rows that something is to be done with. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  toggle(id: string): void;
  /** From the row that was selected last to this one. */
  extend(id: string): void;
  /** Leaves only these. */
  keep(ids: readonly string[]): void;
}

const nothing: ReadonlySet<string> = new Set();

/** Rows are selected by x, by shift with the arrows or a click, or all of them. */
export function useSelection(rows: readonly Conversation[], cursor: Cursor): Selection {
  const [chosen, setChosen] = useState(nothing);
  const anchor = useRef<string>(undefined);
  // What is no longer in the list is not selected either: nothing is done to what nobody sees.
  const ids = useMemo(() => {
    if (chosen.size === 0) return nothing;
    const there = rows.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
    return there.length === chosen.size ? chosen : new Set(there);
  }, [chosen, rows]);

  function choose(next: readonly string[]): void {
    if (next.length > mostSelected) toast({ title: `${mostSelected} at once, at most` });
    setChosen(new Set(next.slice(0, mostSelected)));
  }
  function toggle(id: string): void {
    anchor.current = id;
    choose(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]);
  }
  function extend(id: string): void {
    const to = rows.findIndex((one) => one.id === id);
    const found = rows.findIndex((one) => one.id === (anchor.current ?? cursor.id));
    const from = found < 0 ? to : found;
    anchor.current ??= rows[from]?.id;
    const span = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((one) => one.id);
    choose([...new Set([...ids, ...span])]);
  }
  function step(by: 1 | -1): void {
    const before = cursor.id;
    const now = cursor.move(by);
    choose([...new Set([...ids, ...(before === undefined ? [] : [before]), ...(now === undefined ? [] : [now])])]);
    anchor.current = now ?? before;
  }

  useCommands([
    command('list.select', () => cursor.id !== undefined && toggle(cursor.id)),
    command('list.select-next', () => step(1)),
    command('list.select-previous', () => step(-1)),
    command('list.select-all', () => choose(rows.map(({ id }) => id))),
  ]);
  return { ids, toggle, extend, keep: (next) => setChosen(new Set(next)) };
}
