import type { Field } from '../text/field.js';
import type { Pick } from './pick.js';

/** What is being done: looking around, writing an answer, choosing, narrowing the list, reading the help. */
export type Mode =
  | { readonly name: 'browse' }
  | { readonly name: 'write'; readonly field: Field }
  | { readonly name: 'pick'; readonly pick: Pick }
  | { readonly name: 'filter'; readonly field: Field; readonly before: string }
  | { readonly name: 'help'; readonly top: number };

/** One line about what just happened. */
export interface Notice {
  readonly text: string;
  readonly tone: 'said' | 'good' | 'bad';
}

/** Everything that the person at the keyboard decides; what the server says stands beside it. */
export interface State {
  readonly columns: number;
  readonly rows: number;
  readonly group: string;
  /** What the list is narrowed by, as it was typed. */
  readonly query: string;
  readonly pane: 'list' | 'thread';
  readonly mode: Mode;
  /** The conversation at the cursor of the list, and where it stood: its neighbour takes over when it goes. */
  readonly selected: { readonly id: string | undefined; readonly index: number };
  /** The first row of the list that is shown. */
  readonly listTop: number;
  /** The conversation that is shown. */
  readonly open: string | undefined;
  /** What stands at the top of the conversation: a line of an item. Undefined follows the newest. */
  readonly scroll: { readonly item: string; readonly line: number } | undefined;
  readonly notice: Notice | undefined;
}

export function initialState(size: { columns: number; rows: number }): State {
  return {
    ...size,
    group: 'queue',
    query: '',
    pane: 'list',
    mode: { name: 'browse' },
    selected: { id: undefined, index: 0 },
    listTop: 0,
    open: undefined,
    scroll: undefined,
    notice: undefined,
  };
}

export const browse: Mode = { name: 'browse' };

/** Another group, or other words: the list begins anew. */
export function lookInto(
  state: State,
  { group = state.group, query = state.query }: { group?: string; query?: string },
): State {
  if (group === state.group && query === state.query) return state;
  return { ...state, group, query, selected: { id: undefined, index: 0 }, listTop: 0, pane: 'list' };
}

export function showConversation(state: State, open: string | undefined): State {
  return open === state.open ? state : { ...state, open, scroll: undefined };
}
