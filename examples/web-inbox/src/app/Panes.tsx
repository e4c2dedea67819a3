import { lazy, type RefObject, Suspense, useEffect, useRef } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { EmptyState } from '../inbox-kit/ui.js';
import { ConversationPane } from './ConversationPane.js';
import { ChatList } from './list/ChatList.js';
import { NothingOpen } from './NothingOpen.js';
import { goBack, Link, navigate } from './router.js';
import { home, hrefOf, type Route } from './routes.js';
import { useShownPlace } from './use-shown-place.js';
import { useLayout } from './viewport.js';

const SearchPage = lazy(() => import('./search/SearchPage.js'));
const WorkloadPage = lazy(() => import('./workload/WorkloadPage.js'));

/** A list beside what is open of it; on little room, one over the other. */
export function Panes({ route, onMenu }: { route: Route; onMenu: (() => void) | undefined }) {
  const layout = useLayout();
  const { title } = useShownPlace(route);
  const { conversationId, messageId, ...list } = route;
  const covered = layout === 'one' && conversationId !== undefined;
  // What is no list has the whole room until something of it is opened.
  const whole = conversationId === undefined && (route.place.kind === 'search' || route.place.kind === 'workload');
  const listPane = useRef<HTMLElement>(null);
  const mainPane = useRef<HTMLElement>(null);
  useFollowingFocus(covered, listPane, mainPane);
  return (
    <>
      <section
        ref={listPane}
        // One element, whichever it is: what was found stays where it was scrolled.
        role={whole ? 'main' : undefined}
        aria-label={whole ? title : `List: ${title}`}
        // What lies under the conversation stays as it is, and out of the way.
        inert={covered}
        className={cx(
          'flex min-h-0 flex-col bg-surface',
          layout === 'one'
            ? 'absolute inset-0'
            : whole
              ? 'min-w-0 grow'
              : 'w-80 shrink-0 border-border border-r xl:w-84 2xl:w-92 min-[1800px]:w-104',
          covered && 'invisible',
        )}
      >
        <Listed route={route} onMenu={onMenu} />
      </section>
      {!whole && (layout !== 'one' || covered) && (
        <main
          ref={mainPane}
          tabIndex={-1}
          className={cx('min-w-0 bg-surface outline-none', layout === 'one' ? 'absolute inset-0' : 'grow')}
        >
          {covered && <h1 className="sr-only">{title}</h1>}
          {conversationId === undefined ? (
            <NothingOpen />
          ) : (
            <ConversationPane
              id={conversationId}
              messageId={messageId}
              onClose={() => goBack(list)}
              onOpenConversation={(id) => navigate({ ...list, conversationId: id })}
            />
          )}
        </main>
      )}
    </>
  );
}

function Listed({ route, onMenu }: { route: Route; onMenu: (() => void) | undefined }) {
  const { title, filter, count, missing } = useShownPlace(route);
  const { place } = route;
  if (missing) return <NoSuchPlace what={missing} />;
  if (place.kind === 'search') {
    return (
      <Suspense>
        <SearchPage route={route} onMenu={onMenu} />
      </Suspense>
    );
  }
  if (place.kind === 'workload') {
    return (
      <Suspense>
        <WorkloadPage teamKey={place.key} onMenu={onMenu} />
      </Suspense>
    );
  }
  if (!filter) return null;
  return (
    <ChatList
      key={hrefOf({ place, narrowing: {} })}
      route={route}
      title={title}
      filter={filter}
      count={count}
      onMenu={onMenu}
    />
  );
}

function NoSuchPlace({ what }: { what: string }) {
  return (
    <EmptyState heading="h1" title={`There is no such ${what}`} action={<HomeLink />}>
      It may have been renamed, or you may not see it.
    </EmptyState>
  );
}

export function HomeLink() {
  return (
    <Link to={home} className="font-medium text-accent underline-offset-4 hover:underline">
      Go to your inbox
    </Link>
  );
}

/** Where one pane covers the other, the focus goes with what is seen. */
function useFollowingFocus(
  covered: boolean,
  list: RefObject<HTMLElement | null>,
  main: RefObject<HTMLElement | null>,
): void {
  const before = useRef(covered);
  useEffect(() => {
    if (before.current === covered) return;
    before.current = covered;
    const target = covered ? main.current : list.current?.querySelector<HTMLElement>('[role=listbox]');
    target?.focus({ preventScroll: true });
  }, [covered, list, main]);
}
