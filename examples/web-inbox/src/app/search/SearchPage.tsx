import { Menu } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { useCommands } from '../../inbox-kit/commands.js';
import { Button } from '../../inbox-kit/ui.js';
import { command } from '../list/use-cursor.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import { noQuestion, type SearchPlace, type SearchQuestion, searchPlaces } from './question.js';
import { Results } from './Results.js';
import { SearchField } from './SearchField.js';
import { useFind } from './use-find.js';

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
          <SearchField
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
