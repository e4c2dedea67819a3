import { lazy, Suspense, useEffect, useState } from 'react';
import { keyTable } from '../inbox-kit/keys.js';
import { EmptyState, Kbd } from '../inbox-kit/ui.js';
import { AreaPane } from './AreaPane.js';
import { useAppInbox } from './app-inbox.js';
import { useArea } from './areas.js';
import { useCountsFollowing } from './counts.js';
import { Drawer } from './Drawer.js';
import { useShortcuts } from './keyboard/use-shortcuts.js';
import { News } from './notifications/News.js';
import { OfflineBanner } from './OfflineBanner.js';
import { HomeLink, Panes } from './Panes.js';
import { useTellingPresence } from './presence/own-presence.js';
import { navigate, useRoute } from './router.js';
import { home } from './routes.js';
import { Sidebar } from './sidebar/Sidebar.js';
import { useOwnChanges } from './use-own-changes.js';
import { type Overlay, useShellCommands } from './use-shell-commands.js';
import { useShownPlace } from './use-shown-place.js';
import { useTitle } from './use-title.js';
import { useLayout } from './viewport.js';
import { useViewsFollowing } from './views/use-views.js';

const Palette = lazy(() => import('./palette/Palette.js'));
const Help = lazy(() => import('./keyboard/Help.js'));
const NotificationsPanel = lazy(() => import('./notifications/NotificationsPanel.js'));

/** The inbox of somebody who is signed in: three columns, as far as there is room for them. */
export function Shell({ enabled }: { enabled: boolean }) {
  const route = useRoute();
  const area = useArea(useAppInbox().me);
  const layout = useLayout();
  const [overlay, setOverlay] = useState<Overlay>();
  const close = () => setOverlay(undefined);
  const pending = useShortcuts(enabled && (overlay === undefined || overlay === 'sidebar'));
  useCountsFollowing();
  useViewsFollowing();
  useOwnChanges();
  useTellingPresence();
  const { title } = useShownPlace(route ?? home);
  useTitle(area?.title ?? title);
  useShellCommands(setOverlay, area !== undefined);
  useEffect(() => {
    if (location.pathname === '/') navigate(home, { replace: true });
  }, []);

  return (
    <div className="flex h-full flex-col">
      <News />
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
        {overlay === 'notifications' && <NotificationsPanel onClose={close} />}
      </Suspense>
      {pending !== undefined && <Pending keys={pending} />}
    </div>
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
