import { Menu, Search as SearchIcon, SearchX, X } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { useCommands } from '../../inbox-kit/commands.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, EmptyState, ErrorState, Spinner } from '../../inbox-kit/ui.js';
import { command } from '../list/use-cursor.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import { Hit } from './Hit.js';
import { noQuestion, type SearchPlace, type SearchQuestion, searchPlaces } from './question.js';
import { type Find, useFind } from './use-find.js';

export interface SearchPageProps {
  route: Route;
  onMenu?: (() => void) | undefined;
}

const placeNames: Readonly<Record<SearchPlace, string>> = {
  messages: 'Messages',
  contacts: 'Contacts',
  notes: 'Notes',
  tags: 'Tags',
};

/** Between two keys of somebody who types. */
const pauseMs = 250;

/** Looks for words in everything that the reader may see. */
export default function SearchPage({ route, onMenu }: SearchPageProps) {
  const question = route.question ?? noQuestion;
  const find = useFind(question);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const ask = (change: Partial<SearchQuestion>) =>
    navigate({ ...route, question: { ...question, ...change } }, { replace: true });

  useEffect(() => field.current?.focus(), []);
  useCommands([
    command('list.search', () => field.current?.select()),
    command('list.next', () => step(list.current, 1)),
    command('list.previous', () => step(list.current, -1)),
  ]);

  return (
    <>
      <header className="shrink-0 border-border border-b">
        <div className="mx-auto w-full max-w-3xl space-y-2 px-3 pt-2.5 pb-2.5">
          <div className="flex h-9 items-center gap-2">
            {onMenu && (
              <Button variant="ghost" size="icon" onClick={onMenu} aria-label="Menu" className="-ml-1">
                <Menu aria-hidden="true" className="size-5" />
              </Button>
            )}
            <h1 className="grow pl-1 font-semibold text-base">Search</h1>
            <Order question={question} onAsk={ask} />
          </div>
          <Field
            ref={field}
            text={question.text}
            onText={(text) => ask({ text })}
            onLeave={() => step(list.current, 1)}
          />
          <Places chosen={question.in} onChoose={(place) => ask({ in: place })} />
        </div>
      </header>
      <div
        ref={list}
        data-chat-list=""
        className="min-h-0 grow overflow-y-auto"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          if (scrollTop + clientHeight > scrollHeight - 600 && find.more && !find.busy && !find.error) find.next();
        }}
      >
        <Results question={question} find={find} route={route} />
      </div>
    </>
  );
}

interface FieldProps {
  text: string;
  onText(text: string): void;
  onLeave(): void;
  ref: React.RefObject<HTMLInputElement | null>;
}

/** What is typed becomes the question a moment later. */
function Field({ text, onText, onLeave, ref }: FieldProps) {
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  // The address changed by other means: back, or another search.
  if (asked !== text) {
    setAsked(text);
    if (typed.trim() !== text) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onText(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative">
      <SearchIcon
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-text-muted"
      />
      <input
        ref={ref}
        type="search"
        value={typed}
        maxLength={500}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          if (event.key === 'Enter' && typed.trim() !== text) onText(typed.trim());
          else onLeave();
        }}
        aria-label="Search everywhere"
        placeholder="A word, a name, a number, “an exact phrase” …"
        className="h-10 w-full rounded-lg border border-border bg-background pr-9 pl-9.5 text-sm pointer-coarse:text-base focus-visible:border-accent [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <Button
          variant="ghost"
          size="sm"
          className="-translate-y-1/2 absolute top-1/2 right-1.5 px-1.5"
          aria-label="Clear the search"
          onClick={() => {
            setTyped('');
            onText('');
            ref.current?.focus();
          }}
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      )}
    </div>
  );
}

function Places({ chosen, onChoose }: { chosen: SearchPlace | undefined; onChoose(place?: SearchPlace): void }) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Where</legend>
      {[undefined, ...searchPlaces].map((place) => (
        <button
          key={place ?? 'all'}
          type="button"
          aria-pressed={chosen === place}
          onClick={() => onChoose(place)}
          className={cx(
            'h-7 rounded-full border px-2.5 text-xs pointer-coarse:h-9',
            chosen === place
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'border-border-strong bg-surface hover:bg-hover',
          )}
        >
          {place === undefined ? 'Everywhere' : placeNames[place]}
        </button>
      ))}
    </fieldset>
  );
}

function Order({ question, onAsk }: { question: SearchQuestion; onAsk(change: Partial<SearchQuestion>): void }) {
  return (
    <select
      aria-label="Order"
      value={question.order ?? 'newest'}
      onChange={({ target }) => onAsk({ order: target.value === 'relevance' ? 'relevance' : undefined })}
      className="h-7 rounded-full border border-border-strong bg-surface px-2 text-xs pointer-coarse:h-9"
    >
      <option value="newest">Newest first</option>
      <option value="relevance">Best match first</option>
    </select>
  );
}

function Results({ question, find, route }: { question: SearchQuestion; find: Find; route: Route }) {
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

/** The focus goes to the next hit, or to the one that is open when it was elsewhere. */
function step(list: HTMLElement | null, by: 1 | -1): void {
  const hits = [...(list?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
  const focused = document.activeElement;
  const now = focused instanceof HTMLElement ? hits.indexOf(focused) : -1;
  const open = hits.findIndex((hit) => hit.getAttribute('aria-current') === 'true');
  const from = now >= 0 ? now : open;
  const next = hits[Math.max(0, Math.min(hits.length - 1, from + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
