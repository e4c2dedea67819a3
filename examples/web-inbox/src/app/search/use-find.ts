import { useInfiniteQuery } from '@tanstack/react-query';
import type { Conversation, SearchHit } from '@tims/sdk';
import { useEffect } from 'react';
import { useAppInbox } from '../app-inbox.js';
import type { SearchQuestion } from './question.js';

/** A place where it is said, and the conversation that it is said in. */
export interface Found {
  readonly hit: SearchHit;
  readonly conversation: Conversation | undefined;
}

export interface Find {
  readonly found: readonly Found[];
  readonly error: unknown;
  /** The server is looking. */
  readonly busy: boolean;
  /** There may be more: one request looks at so many places at most. */
  readonly more: boolean;
  next(): void;
  retry(): void;
}

const pageSize = 30;
/** Short pages that are followed by the next one without anybody asking. */
const patience = 8;

/** Looks on the server, page by page, until there is something to show or nothing is left. */
export function useFind({ text, in: place, order }: SearchQuestion): Find {
  const { tims } = useAppInbox();
  const q = text.trim();
  const query = useInfiniteQuery({
    queryKey: ['search', q, place, order],
    enabled: q !== '',
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const asked = { q, in: place, order, cursor, limit: pageSize };
      const { data, nextCursor } = await tims.search.find(asked, { signal });
      const ids = [...new Set(data.flatMap(({ conversationId }) => conversationId ?? []))];
      const conversations =
        ids.length > 0 ? (await tims.conversations.list({ ids: ids.join(',') }, { signal })).data : [];
      const byId = new Map(conversations.map((one) => [one.id, one]));
      const found = data.map((hit): Found => ({ hit, conversation: byId.get(hit.conversationId ?? '') }));
      return { found, nextCursor };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // While somebody types, what was found before stays until the next is there.
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = query;
  const pages = data?.pages ?? [];
  const found = pages.flatMap((page) => page.found);

  const goOn = hasNextPage && !isFetching && error === null && found.length < pageSize / 2 && pages.length < patience;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);

  return {
    found,
    error: error ?? undefined,
    busy: isFetching,
    more: hasNextPage,
    next: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
