import type { ConversationList } from '@tims/sdk';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, Spinner } from '../../inbox-kit/ui.js';
import type { Search } from './use-search.js';

export interface ListFooterProps {
  list: ConversationList;
  search: Search;
  error: unknown;
  onRetry(): void;
}

/** What stands below the last row: more is coming, could not come, or how far a search has looked. */
export function ListFooter({ list, search, error, onRetry }: ListFooterProps) {
  if (error !== undefined) {
    return (
      <div role="alert" className="flex flex-col items-center gap-2 p-4 text-center text-text-muted text-xs">
        <p>Older conversations could not be loaded. {errorText(error).title}.</p>
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      </div>
    );
  }
  if (search.active) return <SearchReach list={list} search={search} />;
  if (list.loading || list.hasMore) {
    return (
      <div className="flex h-14 items-center justify-center text-text-muted">
        <Spinner label="Loading older conversations" />
      </div>
    );
  }
  return null;
}

function SearchReach({ list, search }: Pick<ListFooterProps, 'list' | 'search'>) {
  const { hunting, found } = search;
  const loaded = list.conversations.length.toLocaleString();
  return (
    <div className="flex flex-col items-center gap-2 p-4 text-center text-text-muted text-xs">
      <p role="status">
        {found.length === 0 ? 'No match' : `${found.length.toLocaleString()} found`} in the {loaded} conversations that
        are loaded{list.hasMore ? '. Older ones are not searched yet.' : ', which are all of this list.'}
      </p>
      {list.hasMore &&
        (hunting ? (
          <Button size="sm" onClick={search.stop}>
            <Spinner className="size-3.5" /> Stop
          </Button>
        ) : (
          <Button size="sm" onClick={search.hunt}>
            Load more and search on
          </Button>
        ))}
    </div>
  );
}
