import type { Answer, Conversation } from '../types.js';
import { inListOrder, matches, type Place, placeOf } from './order.js';
import type { ConversationFilter, ConversationList } from './snapshot.js';

/** A list as it is being kept. */
export interface ListState {
  filter: ConversationFilter;
  /** Of one page. */
  limit: number;
  loaded: boolean;
  loading: boolean;
  /** The last page could not be loaded; it is not asked for again without being told to. */
  failed: boolean;
  nextCursor: string | null;
  /** The last place that was loaded; what comes after it belongs to the next page. Undefined when there is no next page. */
  edge: Place | undefined;
  ids: string[];
  /** Read all anew, rather than only what changed. */
  recount: boolean;
  shown: ConversationList | undefined;
}

export function newList(filter: ConversationFilter, limit: number): ListState {
  return {
    filter,
    limit,
    loaded: false,
    loading: false,
    failed: false,
    nextCursor: null,
    edge: undefined,
    ids: [],
    recount: true,
    shown: undefined,
  };
}

/** Moves the edge to the end of the page that was loaded. */
export function extend(list: ListState, page: Answer<'conversations.list'>): void {
  const last = page.data.at(-1);
  list.nextCursor = page.nextCursor;
  list.edge = page.nextCursor !== null && last ? placeOf(last, list.filter) : undefined;
  list.loaded = true;
  list.failed = false;
  list.recount = true;
}

export function belongs(list: ListState, conversation: Conversation | undefined): conversation is Conversation {
  if (!list.loaded || !conversation || !matches(list.filter, conversation)) return false;
  const place = placeOf(conversation, list.filter);
  return place !== undefined && (!list.edge || inListOrder(list.filter, place, list.edge) <= 0);
}

function inOrder(filter: ConversationFilter, a: Conversation, b: Conversation): number {
  const [first, second] = [placeOf(a, filter), placeOf(b, filter)];
  // What is listed has a place.
  return first && second ? inListOrder(filter, first, second) : 0;
}

/** Brings the list up to date with what is held; `changed` names what is not as it was. */
export function refresh(
  list: ListState,
  held: ReadonlyMap<string, Conversation>,
  changed: ReadonlySet<string>,
): ConversationList {
  const before = list.ids;
  const candidates = list.recount ? held.keys() : changed;
  const kept = list.recount ? [] : before.filter((id) => !changed.has(id));
  const found = [...candidates].flatMap((id) => {
    const conversation = held.get(id);
    return belongs(list, conversation) ? [conversation] : [];
  });
  list.recount = false;
  if (found.length > 0 || kept.length < before.length) {
    const all = [...kept.flatMap((id) => held.get(id) ?? []), ...found].sort((a, b) => inOrder(list.filter, a, b));
    list.ids = all.map(({ id }) => id);
    list.shown = undefined;
  }
  const flags = { hasMore: list.nextCursor !== null, loading: list.loading };
  if (list.shown?.hasMore === flags.hasMore && list.shown.loading === flags.loading) return list.shown;
  list.shown = { filter: list.filter, conversations: list.ids.flatMap((id) => held.get(id) ?? []), ...flags };
  return list.shown;
}
