import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { InboxProvider, useConnection, useInbox } from '../inbox-kit/inbox.js';
import { keptLists } from '../inbox-kit/kept-lists.js';
import { useTagsFollowing } from '../inbox-kit/tags/use-tags.js';
import { AppInboxContext, SessionContext } from './app-inbox.js';
import { Crash } from './Crash.js';
import { LoginPage } from './pages/LoginPage.js';
import { Starting } from './pages/Starting.js';
import { Unreachable } from './pages/Unreachable.js';
import { Shell } from './Shell.js';
import type { AppInbox, Session } from './session/session.js';
import { LiveRegion, Toaster } from './Toaster.js';
import { useVisit } from './visits.js';

const SignInAgain = lazy(() => import('./pages/SignInAgain.js'));
const Visit = lazy(() => import('../visit/Visit.js'));
const SecondFactorDemanded = lazy(() => import('../account/SecondFactorDemanded.js'));

/** The page: the way in, or the inbox of who is signed in. */
export function App({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <Crash>
        <Phase session={session} />
      </Crash>
      <Toaster />
      <LiveRegion />
    </SessionContext>
  );
}

function Phase({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const visit = useVisit();
  if (visit) {
    return (
      <Suspense fallback={<Starting />}>
        <Visit visit={visit} />
      </Suspense>
    );
  }
  switch (state.phase) {
    case 'signed-out':
      return <LoginPage ended={state.ended} />;
    case 'starting':
      return <Starting />;
    case 'unreachable':
      return <Unreachable state={state} />;
    case 'open':
      return (
        <InboxPage key={`${state.url} ${state.inbox.me.id}`} inbox={state.inbox}>
          {state.secondFactorDemanded ? (
            <Suspense fallback={<Starting />}>
              <SecondFactorDemanded />
            </Suspense>
          ) : (
            <Shell enabled={!state.expired} />
          )}
          <Suspense>{state.expired && <SignInAgain url={state.url} />}</Suspense>
        </InboxPage>
      );
  }
}

function InboxPage({ inbox, children }: { inbox: AppInbox; children: ReactNode }) {
  // The SDK tries again by itself, and knows better than the browser whether the server can be reached.
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } }),
  );
  return (
    <QueryClientProvider client={queries}>
      <AppInboxContext value={inbox}>
        <InboxProvider inbox={inbox}>
          <Refreshing />
          {children}
        </InboxProvider>
      </AppInboxContext>
    </QueryClientProvider>
  );
}

/** What no event tells of is asked for again when the connection is back. */
function Refreshing() {
  const { state } = useConnection();
  const { store } = useInbox();
  const queries = useQueryClient();
  useEffect(() => {
    if (state !== 'live') return;
    void queries.invalidateQueries();
    keptLists(store).retryFailed();
  }, [state, queries, store]);
  useEffect(preload, []);
  useTagsFollowing();
  return null;
}

/** What is needed when the connection is gone has to be there before. */
function preload(): void {
  const load = () => {
    import('./pages/SignInAgain.js').catch(() => undefined);
    import('./palette/Palette.js').catch(() => undefined);
    import('./keyboard/Help.js').catch(() => undefined);
  };
  if (typeof requestIdleCallback === 'function') requestIdleCallback(load, { timeout: 5_000 });
  else setTimeout(load, 2_000);
}
