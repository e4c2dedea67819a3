import { type Field, fieldOf } from '../text/field.js';
import type { Ask } from './ask.js';
import type { Pick } from './pick.js';

/** What a note is about where that is not the conversation. */
export type About =
  | { readonly kind: 'feedback'; readonly userId: string }
  | { readonly kind: 'contact'; readonly contactId: string; readonly name: string };

/** What is being written: what the customer gets, or what only colleagues read. */
export interface Writing {
  readonly name: 'write';
  readonly as: 'answer' | 'note';
  readonly field: Field;
  /** The one of what completes it that is chosen. */
  readonly completion: number;
  /** The note that is changed. */
  readonly noteId?: string | undefined;
  readonly about?: About | undefined;
}

/** What is to be written. */
export interface Wanted {
  readonly as: Writing['as'];
  readonly editor?: boolean;
  /** A note that is changed. */
  readonly noteId?: string;
  readonly about?: About | undefined;
  /** Stands in it already, behind what the draft has. */
  readonly insert?: string;
}

/** What is being done: looking around, writing, choosing, answering a question, narrowing the list, reading the help. */
export type Mode =
  | { readonly name: 'browse' }
  | Writing
  /** `back` is what goes on afterwards. */
  | { readonly name: 'pick'; readonly pick: Pick; readonly back?: Writing | undefined }
  | { readonly name: 'ask'; readonly ask: Ask; readonly back?: Writing | undefined }
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
  /** The conversations that the next act is for, all at once. */
  readonly marked: ReadonlySet<string>;
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
    marked: new Set(),
    mode: { name: 'browse' },
    selected: { id: undefined, index: 0 },
    listTop: 0,
    open: undefined,
    scroll: undefined,
    notice: undefined,
  };
}

const none: ReadonlySet<string> = new Set();

export const browse: Mode = { name: 'browse' };

/** Another group, or other words: the list begins anew. */
export function lookInto(
  state: State,
  { group = state.group, query = state.query }: { group?: string; query?: string },
): State {
  if (group === state.group && query === state.query) return state;
  return { ...state, group, query, selected: { id: undefined, index: 0 }, listTop: 0, pane: 'list', marked: none };
}

export function showConversation(state: State, open: string | undefined): State {
  return open === state.open ? state : { ...state, open, scroll: undefined };
}

export function writing({ as, noteId, about }: Omit<Wanted, 'editor' | 'insert'>, text: string): Writing {
  const more = { ...(noteId ? { noteId } : {}), ...(about ? { about } : {}) };
  return { name: 'write', as, field: fieldOf(text), completion: 0, ...more };
}

/** What is being written goes on being shown while something is chosen for it. */
export function writingOf(mode: Mode): Writing | undefined {
  if (mode.name === 'write') return mode;
  return mode.name === 'pick' || mode.name === 'ask' ? mode.back : undefined;
}
