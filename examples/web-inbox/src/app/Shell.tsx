import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { useCommands } from '../inbox-kit/commands.js';
import { keyTable } from '../inbox-kit/keys.js';
import { EmptyState, Kbd } from '../inbox-kit/ui.js';
import { AreaPane } from './AreaPane.js';
import { useAppInbox, useSession } from './app-inbox.js';
import { areaCommands, useArea } from './areas.js';
import { ConversationPane } from './ConversationPane.js';
import { useCounts, useCountsFollowing, waitingCount } from './counts.js';
import { Drawer } from './Drawer.js';
import { useShortcuts } from './keyboard/use-shortcuts.js';
import { ChatList } from './list/ChatList.js';
import { command } from './list/use-cursor.js';
import { NothingOpen } from './NothingOpen.js';
import { OfflineBanner } from './OfflineBanner.js';
import { groups } from './places.js';
import { goBack, Link, navigate, useRoute } from './router.js';
import { home, hrefOf, type Route } from './routes.js';
import { Sidebar } from './sidebar/Sidebar.js';
import { nextTheme } from './theme.js';
import { useOwnChanges } from './use-own-changes.js';
import { useShownPlace } from './use-shown-place.js';
import { useLayout } from './viewport.js';

const Palette = lazy(() => import('./palette/Palette.js'));
const Help = lazy(() => import('./keyboard/Help.js'));

/** The inbox of somebody who is signed in: three columns, as far as there is room for them. */
export function Shell({ enabled }: { enabled: boolean }) {
  const route = useRoute();
  const session = useSession();
  const { me } = useAppInbox();
  const area = useArea(me);
  const layout = useLayout();
  const [overlay, setOverlay] = useState<'palette' | 'help' | 'sidebar'>();
  const close = () => setOverlay(undefined);
  const pending = useShortcuts(enabled && overlay !== 'palette' && overlay !== 'help');
  useCountsFollowing();
  useOwnChanges();
  const { title } = useShownPlace(route ?? home);
  useTitle(area?.title ?? title, waitingCount(useCounts()));
  useEffect(() => {
    if (location.pathname === '/') navigate(home, { replace: true });
  }, []);

  useCommands([
    command('app.palette', () => setOverlay('palette')),
    command('app.help', () => setOverlay('help')),
    command('app.theme', nextTheme),
    ...(layout === 'all' || area ? [] : [command('app.sidebar', () => setOverlay('sidebar'))]),
    ...areaCommands(me),
    ...groups.map((group) =>
      command(`go.${group}`, () => navigate({ place: { kind: 'group', group }, narrowing: {} })),
    ),
    { id: 'app.sign-out', title: 'Sign out', group: 'Everywhere', run: () => void session.logout() },
  ]);

  return (
    <div className="flex h-full flex-col">
      <OfflineBanner />
      <div className="relative flex min-h-0 grow">
        {layout === 'all' && !area && (
          <aside aria-label="Sidebar" className="w-60 shrink-0 border-border border-r min-[1800px]:w-68">
            <Sidebar />
          </aside>
        )}
        {area ? (
          <AreaPane area={area} />
        ) : route ? (
          <Panes route={route} onMenu={layout === 'all' ? undefined : () => setOverlay('sidebar')} />
        ) : (
          <Nowhere />
        )}
      </div>
      {overlay === 'sidebar' && layout !== 'all' && !area && (
        <Drawer onClose={close}>
          <Sidebar onNavigate={close} />
        </Drawer>
      )}
      <Suspense>
        {overlay === 'palette' && <Palette onClose={close} />}
        {overlay === 'help' && <Help onClose={close} />}
      </Suspense>
      {pending !== undefined && <Pending keys={pending} />}
    </div>
  );
}

function Panes({ route, onMenu }: { route: Route; onMenu: (() => void) | undefined }) {
  const layout = useLayout();
  const { title, filter, count, missing } = useShownPlace(route);
  const { conversationId, ...list } = route;
  const covered = layout === 'one' && conversationId !== undefined;
  const listPane = useRef<HTMLElement>(null);
  const mainPane = useRef<HTMLElement>(null);
  useFollowingFocus(covered, listPane, mainPane);
  return (
    <>
      <section
        ref={listPane}
        aria-label={`List: ${title}`}
        // What lies under the conversation stays as it is, and out of the way.
        inert={covered}
        className={cx(
          'flex min-h-0 flex-col bg-surface',
          layout === 'one'
            ? 'absolute inset-0'
            : 'w-80 shrink-0 border-border border-r xl:w-84 2xl:w-92 min-[1800px]:w-104',
          covered && 'invisible',
        )}
      >
        {missing ? (
          <NoSuchPlace what={missing} />
        ) : (
          filter && (
            <ChatList
              key={hrefOf({ place: route.place, narrowing: {} })}
              route={route}
              title={title}
              filter={filter}
              count={count}
              onMenu={onMenu}
            />
          )
        )}
      </section>
      {(layout !== 'one' || covered) && (
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
              onClose={() => goBack(list)}
              onOpenConversation={(id) => navigate({ ...route, conversationId: id })}
            />
          )}
        </main>
      )}
    </>
  );
}

function NoSuchPlace({ what }: { what: string }) {
  return (
    <EmptyState heading="h1" title={`There is no such ${what}`} action={<HomeLink />}>
      It may have been renamed, or you may not see it.
    </EmptyState>
  );
}

function Nowhere() {
  return (
    <main className="grow bg-surface">
      <EmptyState heading="h1" title="There is nothing at this address" action={<HomeLink />}>
        The link may be old, or a letter of it may be missing.
      </EmptyState>
    </main>
  );
}

function HomeLink() {
  return (
    <Link to={home} className="font-medium text-accent underline-offset-4 hover:underline">
      Go to your inbox
    </Link>
  );
}

/** What can follow the key that was pressed. */
function Pending({ keys }: { keys: string }) {
  const next = keyTable.flatMap((entry) =>
    entry.keys
      .filter((one) => one.startsWith(`${keys} `))
      .map((one) => ({ title: entry.title, keys: one.slice(keys.length + 1) })),
  );
  return (
    <div
      role="status"
      className="-translate-x-1/2 fixed bottom-5 left-1/2 z-40 flex animate-rise items-center gap-4 rounded-xl border border-border bg-surface-raised px-4 py-2 text-xs shadow-raised"
    >
      <Kbd keys={keys} />
      {next.map(({ title, keys: key }) => (
        <span key={key} className="flex items-center gap-1.5 text-text-muted">
          <Kbd keys={key} /> {title}
        </span>
      ))}
    </div>
  );
}

function useTitle(place: string, waiting: number): void {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${place} – TIMS`;
    return () => {
      document.title = 'TIMS';
    };
  }, [place, waiting]);
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
