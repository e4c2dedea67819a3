import { type ConversationFilter, listKey } from '@tims/sdk';
import { CloudOff } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { useCommands } from '../../inbox-kit/commands.js';
import { RowSkeleton } from '../../inbox-kit/conversation-row.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { useColleagues, useConnection, useShownList } from '../../inbox-kit/inbox.js';
import { EmptyState, ErrorState } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { type Count, useCounts } from '../counts.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import { EmptyList } from './EmptyList.js';
import { countFilters, Filters } from './Filters.js';
import { ListFooter } from './ListFooter.js';
import { ListHeader } from './ListHeader.js';
import { Rows, type RowsHandle } from './Rows.js';
import { useHold, useSteadyRows } from './steady-rows.js';
import { command, useCursor } from './use-cursor.js';
import { type Search, useSearch } from './use-search.js';

export interface ChatListProps {
  route: Route;
  title: string;
  filter: ConversationFilter;
  count: Count | undefined;
  onMenu?: (() => void) | undefined;
}

/** The conversations of a place, newest first. One for each place: give it the place's key. */
export function ChatList({ route, title, filter, count, onMenu }: ChatListProps) {
  const field = useRef<HTMLInputElement>(null);
  const handle = useRef<RowsHandle>(null);
  const { list, error, retry, loadMore } = useShownList(filter);
  const search = useSearch(list, error !== undefined, loadMore);
  const filters = countFilters(route.narrowing);
  const offline = useConnection().state === 'offline';
  const [filtering, setFiltering] = useState(filters > 0);

  useCommands([
    command('list.search', () => {
      field.current?.focus();
      field.current?.select();
    }),
    command('list.filter', () => setFiltering(!filtering)),
    command('list.unread', () => {
      const unread = route.narrowing.unread ? undefined : true;
      navigate({ ...route, narrowing: { ...route.narrowing, unread } }, { replace: true });
    }),
  ]);

  return (
    <>
      <ListHeader
        title={title}
        count={count && filters === 0 ? inWords(count) : undefined}
        onMenu={onMenu}
        filtering={filtering}
        filters={filters}
        onFilter={() => setFiltering(!filtering)}
        text={search.text}
        onText={search.setText}
        onLeave={() => handle.current?.focus()}
        searching={search.hunting}
        fieldRef={field}
      />
      {filtering && <Filters route={route} />}
      {list ? (
        <Loaded key={listKey(filter)} {...{ route, title, filter, list, error, retry, loadMore, search, handle }} />
      ) : error !== undefined ? (
        <ErrorState {...errorText(error)} onRetry={retry} />
      ) : offline ? (
        <EmptyState title="Not loaded yet" icon={CloudOff}>
          This list was not open before. It comes by itself as soon as the connection is back.
        </EmptyState>
      ) : (
        <Loading />
      )}
    </>
  );
}

interface LoadedProps extends Pick<ChatListProps, 'route' | 'title' | 'filter'> {
  list: NonNullable<ReturnType<typeof useShownList>['list']>;
  error: unknown;
  retry(): void;
  loadMore(): void;
  search: Search;
  handle: React.RefObject<RowsHandle | null>;
}

function Loaded({ route, title, filter, list, error, retry, loadMore, search, handle }: LoadedProps) {
  const { me } = useAppInbox();
  const channels = useCounts()?.channels.length ?? 0;
  const colleagues = useColleagues();
  const { held, touch, release } = useHold();
  const rows = useSteadyRows(search.active ? search.found : list.conversations, held, search.looked);
  const cursor = useCursor(rows.rows, route, handle, touch);
  const { hasMore, loading } = list;
  const onNearEnd = useCallback(() => {
    if (hasMore && !loading && !search.active) loadMore();
  }, [hasMore, loading, loadMore, search.active]);

  if (rows.rows.length === 0 && !search.active && !hasMore && !loading) return <EmptyList route={route} />;
  const isMine = route.place.kind === 'group' && route.place.group === 'mine';
  return (
    <Rows
      ref={handle}
      label={title}
      name={listKey(filter)}
      rows={rows}
      route={route}
      cursorId={cursor.id}
      colleagues={colleagues}
      hideAssignee={isMine ? me.id : undefined}
      showChannel={channels > 1 && route.place.kind !== 'channel'}
      onTouch={touch}
      onRelease={release}
      onPoint={cursor.point}
      onNearEnd={onNearEnd}
      footer={<ListFooter list={list} search={search} error={error} onRetry={retry} />}
    />
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading conversations" className="min-h-0 grow overflow-hidden">
      {Array.from({ length: 9 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <RowSkeleton key={index} />
      ))}
    </div>
  );
}

function inWords({ total, unread }: Count): string {
  return unread > 0 ? `${total.toLocaleString()} · ${unread.toLocaleString()} unread` : total.toLocaleString();
}
