import type { Conversation } from '@tims/sdk';
import { type RefObject, useRef, useState } from 'react';
import { type Command, useCommands } from '../../inbox-kit/commands.js';
import { keyTable } from '../../inbox-kit/keys.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import type { RowsHandle } from './Rows.js';

export interface Cursor {
  /** The row that keys act on. */
  readonly id: string | undefined;
  point(id: string): void;
  /** Goes on by one; answers with the row that it stands on then. */
  move(step: 1 | -1): string | undefined;
}

/** The row that keys act on: it stays with its conversation wherever that moves, and with its place when it goes. */
export function useCursor(
  rows: readonly Conversation[],
  route: Route,
  handle: RefObject<RowsHandle | null>,
  touch: () => void,
): Cursor {
  const [chosen, setChosen] = useState(route.conversationId);
  const [opened, setOpened] = useState(route.conversationId);
  const place = useRef(-1);
  // Whatever is opened, by whatever means, has the cursor.
  if (opened !== route.conversationId) {
    setOpened(route.conversationId);
    if (route.conversationId !== undefined) setChosen(route.conversationId);
  }
  const found = rows.findIndex(({ id }) => id === chosen);

  function move(step: 1 | -1): string | undefined {
    const from = found >= 0 ? found : place.current - (step > 0 ? 1 : 0);
    const to = Math.max(0, Math.min(rows.length - 1, from + step));
    const id = rows[to]?.id;
    if (id === undefined) return undefined;
    touch();
    place.current = to;
    setChosen(id);
    handle.current?.show(to);
    handle.current?.focus();
    return id;
  }

  function open(): void {
    const id = rows[found]?.id;
    if (id !== undefined) navigate({ ...route, conversationId: id, messageId: undefined });
  }

  useCommands([
    command('list.next', () => void move(1)),
    command('list.previous', () => void move(-1)),
    command('list.open', open),
  ]);

  return {
    id: found >= 0 ? chosen : undefined,
    move,
    point(id) {
      place.current = rows.findIndex((one) => one.id === id);
      setChosen(id);
    },
  };
}

/** A command as the key table names it. */
export function command(id: string, run: () => void): Command {
  const entry = keyTable.find((one) => one.id === id);
  return { id, title: entry?.title ?? id, group: entry?.group ?? 'Everywhere', run };
}
