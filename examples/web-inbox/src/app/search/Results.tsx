import { Search as SearchIcon, SearchX } from 'lucide-react';
import { useDeferredValue } from 'react';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, EmptyState, ErrorState, Spinner } from '../../inbox-kit/ui.js';
import type { Route } from '../routes.js';
import { Hit } from './Hit.js';
import type { SearchQuestion } from './question.js';
import type { Find } from './use-find.js';

/** What was found, or why there is nothing to show. */
export function Results({ question, find, route }: { question: SearchQuestion; find: Find; route: Route }) {
  const { found, error, busy, more } = find;
  const shown = useDeferredValue(found);
  if (question.text.trim() === '') {
    return (
      <EmptyState title="Search everything you may see" icon={SearchIcon}>
        Messages, contacts, notes and tags. Every word has to be there, the last one may be a beginning, and “quotation
        marks” keep words together.
      </EmptyState>
    );
  }
  if (error !== undefined && shown.length === 0) {
    return <ErrorState {...errorText(error)} onRetry={find.retry} busy={busy} />;
  }
  if (shown.length === 0 && !busy && !more) {
    return (
      <EmptyState title="Nothing says that" icon={SearchX}>
        Try fewer words, or the beginning of one. Only what you may open is searched.
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto w-full max-w-3xl pb-4">
      <ol aria-label="What was found">
        {shown.map((one) => (
          <li key={`${one.hit.kind} ${one.hit.id}`} className="border-border border-b">
            <Hit found={one} route={route} />
          </li>
        ))}
      </ol>
      <div
        role="status"
        className="flex min-h-14 flex-col items-center justify-center gap-2 p-3 text-text-muted text-xs"
      >
        {busy ? (
          <Spinner label="Searching" />
        ) : error !== undefined ? (
          <>
            More could not be loaded. {errorText(error).title}.
            <Button size="sm" onClick={find.next}>
              Try again
            </Button>
          </>
        ) : more ? (
          <Button size="sm" onClick={find.next}>
            Search further back
          </Button>
        ) : (
          `${shown.length.toLocaleString()} found, and that is all`
        )}
      </div>
    </div>
  );
}
