import { type ConversationFilter, listKey } from '@tims/sdk';
import { CloudOff } from 'lucide-react';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useCommands } from '../../inbox-kit/commands.js';
import { RowSkeleton } from '../../inbox-kit/conversation-row.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { useColleagues, useConnection, useShownList } from '../../inbox-kit/inbox.js';
import { EmptyState, ErrorState } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import type { Outcome } from '../bulk/outcome.js';
import { useSelection } from '../bulk/use-selection.js';
import { type Count, type FilteredCount, useCounts, useFilteredCount } from '../counts.js';
import { FilterBar } from '../filters/FilterBar.js';
import type { FilterMenuProps } from '../filters/FilterMenu.js';
import { countFilters } from '../narrowing.js';
import { isEdited } from '../places.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import { useViews } from '../views/use-views.js';
import { ViewBar } from '../views/ViewBar.js';
import { EmptyList } from './EmptyList.js';
import { ListFooter } from './ListFooter.js';
import { ListHeader } from './ListHeader.js';
import { Rows, type RowsHandle } from './Rows.js';
import { useHold, useSteadyRows } from './steady-rows.js';
import { command, useCursor } from './use-cursor.js';
import { type Search, useSearch } from './use-search.js';

const OutcomeDialog = lazy(() => import('../bulk/OutcomeDialog.js'));
const BulkBar = lazy(() => import('../bulk/BulkBar.js'));
const SaveView = lazy(() => import('../views/SaveView.js'));

export interface ChatListProps {
  route: Route;
  title: string;
  filter: ConversationFilter;
  count: Count | undefined;
  onMenu?: (() => void) | undefined;
}

/** The conversations of a place. One for each place: give it the place's key. */
export function ChatList({ route, title, filter, count, onMenu }: ChatListProps) {
  const { place } = route;
  const field = useRef<HTMLInputElement>(null);
  const handle = useRef<RowsHandle>(null);
  const { list, error, retry, loadMore } = useShownList(filter);
  const search = useSearch(list, filter);
  const filters = countFilters(route.narrowing);
  const narrowed = isEdited(route.narrowing);
  const counted = useFilteredCount(narrowed || place.kind === 'view' || !count ? filter : undefined);
  const offline = useConnection().state === 'offline';
  const [filtering, setFiltering] = useState(narrowed);
  const [menu, setMenu] = useState<FilterMenuProps['open']>();
  const [saving, setSaving] = useState<'new' | 'name'>();
  const view = useViews()?.find(({ id }) => place.kind === 'view' && place.id === id);
  const everywhere = () =>
    navigate({ place: { kind: 'search' }, narrowing: {}, question: { text: search.text.trim() } });

  useCommands([
    command('list.search', () => {
      field.current?.focus();
      field.current?.select();
    }),
    command('list.filter', () => {
      setFiltering(true);
      setMenu('all');
    }),
    command('list.unread', () => {
      const unread = route.narrowing.unread ? undefined : true;
      navigate({ ...route, narrowing: { ...route.narrowing, unread } }, { replace: true });
    }),
  ]);

  return (
    <>
      <ListHeader
        title={title}
        count={narrowed || !count ? counted && leftOver(counted) : inWords(count)}
        onMenu={onMenu}
        filtering={filtering}
        filters={filters}
        onFilter={() => setFiltering(!filtering)}
        text={search.text}
        onText={search.setText}
        onLeave={() => handle.current?.focus()}
        onEverywhere={everywhere}
        searching={search.busy}
        fieldRef={field}
      />
      {view && (
        <ViewBar view={view} route={route} changed={narrowed ? filter : undefined} onRename={() => setSaving('name')} />
      )}
      {(filtering || narrowed) && (
        <FilterBar route={route} menu={menu} onMenu={setMenu} onSave={() => setSaving('new')} />
      )}
      <Suspense>
        {saving && (
          <SaveView of={saving === 'name' && view ? { view } : { filter }} onClose={() => setSaving(undefined)} />
        )}
      </Suspense>
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
  const selection = useSelection(rows.rows, cursor);
  const [outcome, setOutcome] = useState<Outcome>();
  const { hasMore, loading } = list;
  const onNearEnd = useCallback(() => {
    if (hasMore && !loading && !search.active) loadMore();
  }, [hasMore, loading, loadMore, search.active]);

  const told = (
    <Suspense>{outcome && <OutcomeDialog outcome={outcome} onClose={() => setOutcome(undefined)} />}</Suspense>
  );

  if (rows.rows.length === 0 && !search.active && !hasMore && !loading) {
    return (
      <>
        <EmptyList route={route} />
        {told}
      </>
    );
  }
  const isMine = route.place.kind === 'group' && route.place.group === 'mine';
  return (
    <>
      <Rows
        ref={handle}
        label={title}
        name={listKey(filter)}
        rows={rows}
        route={route}
        cursorId={cursor.id}
        colleagues={colleagues}
        hideAssignee={isMine ? me.id : undefined}
        checked={selection.ids}
        onCheck={(id, extend) => (extend ? selection.extend(id) : selection.toggle(id))}
        showChannel={channels > 1 && route.place.kind !== 'channel'}
        onTouch={touch}
        onRelease={release}
        onPoint={cursor.point}
        onNearEnd={onNearEnd}
        footer={<ListFooter list={list} search={search} error={error} onRetry={retry} />}
      />
      <Suspense>
        {selection.ids.size > 0 && <BulkBar rows={rows.rows} selection={selection} onOutcome={setOutcome} />}
      </Suspense>
      {told}
    </>
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

/** What a filter leaves over. */
function leftOver({ total, exact }: FilteredCount): string {
  return `${total.toLocaleString()}${exact ? '' : ' or more'}`;
}

function inWords({ total, unread }: Count): string {
  return unread > 0 ? `${total.toLocaleString()} · ${unread.toLocaleString()} unread` : total.toLocaleString();
}
