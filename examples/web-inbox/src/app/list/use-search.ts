import { useInfiniteQuery } from '@tanstack/react-query';
import {
  type Conversation,
  type ConversationFilter,
  type ConversationList,
  listKey,
  matches,
  type Tims,
} from '@tims/sdk';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useAppInbox } from '../app-inbox.js';
import { useFollowing } from '../counts.js';
import { matching } from './search.js';

/** A search in one list: at once in what is loaded, and a moment later in everything that belongs to it. */
export interface Search {
  readonly text: string;
  setText(text: string): void;
  readonly active: boolean;
  /** What `found` was found by. */
  readonly looked: string;
  readonly found: readonly Conversation[];
  /** The server is looking. */
  readonly busy: boolean;
  /** There may be more further back. */
  readonly more: boolean;
  readonly error: unknown;
  next(): void;
}

/** Between two keys of somebody who types. */
const pauseMs = 250;
const hitsOfPage = 50;
/** Short pages that are followed by the next one without anybody asking. */
const patience = 5;
/** Contacts of one page of hits whose conversations are asked for. */
const mostContacts = 10;
const key = ['list-search'];

export function useSearch(list: ConversationList | undefined, filter: ConversationFilter): Search {
  const { tims } = useAppInbox();
  const [text, setText] = useState('');
  const looked = useDeferredValue(text).trim();
  const q = useSettled(looked.slice(0, 500), pauseMs);
  const query = useInfiniteQuery({
    queryKey: [...key, q, listKey(filter)],
    enabled: q !== '' && looked !== '',
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => findIn(tims, filter, q, pageParam, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 3_000,
  });
  useFollowing(key, (item) => item.type === 'event' && /^(conversation|message\.created)/.test(item.event.type), 3_000);

  const { data, error, isFetching, hasNextPage, fetchNextPage } = query;
  const conversations = list?.conversations ?? none;
  const found = useMemo(
    () => (looked === '' ? none : together(conversations, matching(conversations, looked), data?.pages ?? [], filter)),
    [conversations, looked, data, filter],
  );
  const pages = data?.pages.length ?? 0;
  const goOn = hasNextPage && !isFetching && error === null && found.length < 10 && pages < patience;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);

  return {
    text,
    setText,
    active: looked !== '',
    looked,
    found,
    busy: looked !== '' && (isFetching || q !== looked),
    more: hasNextPage,
    error: error ?? undefined,
    next: () => void fetchNextPage(),
  };
}

const none: readonly Conversation[] = [];

interface FoundPage {
  readonly conversations: readonly Conversation[];
  readonly nextCursor: string | null;
}

/** One page of hits as the conversations of the list that they stand in. */
async function findIn(
  tims: Tims,
  filter: ConversationFilter,
  q: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<FoundPage> {
  const { channelId, contactId } = filter;
  const asked = { q, in: 'messages,contacts,notes', channelId, contactId, cursor, limit: hitsOfPage };
  const { data, nextCursor } = await tims.search.find(asked, { signal });
  const ids = [...new Set(data.flatMap((hit) => hit.conversationId ?? []))];
  const people = data.flatMap((hit) => (hit.conversationId === null ? (hit.contactId ?? []) : []));
  const pages = await Promise.all([
    ids.length > 0 ? tims.conversations.list({ ids: ids.join(',') }, { signal }) : { data: [] },
    ...[...new Set(people)]
      .filter((id) => contactId === undefined || contactId === id)
      .slice(0, mostContacts)
      .map((id) => tims.conversations.list({ ...filter, contactId: id, limit: 10 }, { signal })),
  ]);
  return { conversations: pages.flatMap((page) => page.data).filter((one) => matches(filter, one)), nextCursor };
}

/** What is loaded is known better than what was found; each once, in the order of the list. */
function together(
  loaded: readonly Conversation[],
  local: readonly Conversation[],
  pages: readonly FoundPage[],
  filter: ConversationFilter,
): readonly Conversation[] {
  const all = new Map(local.map((one) => [one.id, one]));
  const further = pages.flatMap((page) => page.conversations).filter(({ id }) => !all.has(id));
  if (further.length === 0) return local;
  const known = new Map(loaded.map((one) => [one.id, one]));
  for (const one of further) all.set(one.id, known.get(one.id) ?? one);
  const at = (one: Conversation) =>
    (filter.followUp ? one.followUpAt : filter.order === 'waiting' ? one.waitingSince : one.lastActivityAt) ?? '';
  const oldestFirst = filter.followUp !== undefined || filter.order === 'waiting';
  return [...all.values()].sort((a, b) => (at(a) === at(b) ? 0 : at(a) < at(b) === oldestFirst ? -1 : 1));
}

/** The value, once it has stayed the same for so long. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
