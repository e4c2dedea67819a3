import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { StreamMessage } from '@tims/sdk';
import { useEffect } from 'react';
import { useColleagues, useInbox } from '../inbox.js';
import { summaryOf } from '../thread/bubble/summary.js';
import { colleagueName } from '../thread/names.js';
import { Button, ChannelMark, RelativeTime } from '../ui.js';
import { NotLoaded } from './NotLoaded.js';
import { useConversationsOf } from './use-conversations-of.js';

export interface EverythingProps {
  contactId: string;
  /** What the contact is called. */
  name: string;
  onOpenConversation(id: string): void;
}

const atOnce = 30;

/** What was said with a person over all channels, the newest first. */
export function Everything({ contactId, name, onOpenConversation }: EverythingProps) {
  const { tims } = useInbox();
  const { data, isPending, isFetchingNextPage, isError, isFetching, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ['stream', contactId],
      queryFn: async ({ pageParam }) => {
        const { data: messages, nextCursor } = await tims.contacts.stream({
          id: contactId,
          limit: atOnce,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        });
        return { messages, nextCursor };
      },
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: 15_000,
      retry: false,
    });
  useFreshStream(contactId);
  const messages = data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <section aria-label="Everything that was said" className="px-2 py-3">
      {data && messages.length === 0 && <p className="px-2 text-text-muted">Nothing was said yet that you can see.</p>}
      <ol>
        {messages.map((message) => (
          <li key={message.id}>
            <Line message={message} name={name} onOpen={() => onOpenConversation(message.conversationId)} />
          </li>
        ))}
      </ol>
      {isPending && (
        <div role="status" className="space-y-2 px-2">
          <span className="sr-only">Loading what was said</span>
          <span aria-hidden="true" className="block h-12 animate-shimmer rounded-xl bg-hover" />
          <span aria-hidden="true" className="block h-12 animate-shimmer rounded-xl bg-hover" />
          <span aria-hidden="true" className="block h-12 animate-shimmer rounded-xl bg-hover" />
        </div>
      )}
      {isError && (
        <NotLoaded
          says="It could not be loaded."
          busy={isFetching}
          onRetry={() => void (data ? fetchNextPage() : refetch())}
          className="px-2 py-2"
        />
      )}
      {hasNextPage && !isError && (
        <div className="flex justify-center py-3">
          <Button size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </section>
  );
}

function Line({ message, name, onOpen }: { message: StreamMessage; name: string; onOpen: () => void }) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const { author, channel, direction, displayAt } = message;
  const who =
    direction === 'inbound'
      ? name
      : author.type === 'user'
        ? colleagueName(colleagues, me, author.id)
        : channel.name || 'The channel';
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full items-start gap-2.5 rounded-xl px-2 py-2 text-start transition-colors hover:bg-hover"
    >
      <span className="pt-0.5">
        <ChannelMark kind={channel.kind} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate font-medium text-xs">{who}</bdi>
          <RelativeTime at={displayAt} className="shrink-0 text-2xs text-text-muted" />
        </span>
        <span dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
          {summaryOf(message) || 'No text'}
        </span>
        <bdi className="block truncate text-2xs text-text-muted">{channel.name}</bdi>
      </span>
    </button>
  );
}

/** What is said in a conversation with them, appears. */
function useFreshStream(contactId: string): void {
  const { live } = useInbox();
  const queries = useQueryClient();
  const { data } = useConversationsOf(contactId);
  useEffect(() => {
    const theirs = new Set(data?.map(({ id }) => id));
    return live.subscribe((items) => {
      const concerns = items.some(
        (item) =>
          item.type === 'event' &&
          item.event.type.startsWith('message.') &&
          theirs.has(item.event.conversationId ?? ''),
      );
      if (concerns) void queries.invalidateQueries({ queryKey: ['stream', contactId] });
    });
  }, [live, queries, contactId, data]);
}
