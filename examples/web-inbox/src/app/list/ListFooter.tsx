import type { ConversationList } from '@tims/sdk';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, Spinner } from '../../inbox-kit/ui.js';
import { Link } from '../router.js';
import type { Search } from './use-search.js';

export interface ListFooterProps {
  list: ConversationList;
  search: Search;
  error: unknown;
  onRetry(): void;
}

/** What stands below the last row: more is coming, could not come, or how far a search has looked. */
export function ListFooter({ list, search, error, onRetry }: ListFooterProps) {
  if (search.active) return <SearchReach search={search} />;
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
  if (list.loading || list.hasMore) {
    return (
      <div className="flex h-14 items-center justify-center text-text-muted">
        <Spinner label="Loading older conversations" />
      </div>
    );
  }
  return null;
}

function SearchReach({ search }: Pick<ListFooterProps, 'search'>) {
  const { found, busy, more, error, looked, next } = search;
  const count = found.length === 0 ? 'Nothing found' : `${found.length.toLocaleString()} found`;
  return (
    <div className="flex flex-col items-center gap-2 p-4 text-center text-text-muted text-xs">
      <p role="status" className="flex items-center gap-2">
        {busy && <Spinner className="size-3.5" />}
        {busy
          ? 'Searching this list'
          : error !== undefined
            ? `Only what is loaded was searched. ${errorText(error).title}.`
            : `${count} in this list${more ? ' so far' : ''}`}
      </p>
      {!busy && (more || error !== undefined) && (
        <Button size="sm" onClick={next}>
          {error === undefined ? 'Search further back' : 'Try again'}
        </Button>
      )}
      <Link
        to={{ place: { kind: 'search' }, narrowing: {}, question: { text: looked } }}
        className="font-medium text-accent underline-offset-4 hover:underline"
      >
        Search everywhere
      </Link>
    </div>
  );
}
