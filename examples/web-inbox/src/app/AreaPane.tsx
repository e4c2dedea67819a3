import { lazy, Suspense, useMemo } from 'react';
import { useShownList } from '../inbox-kit/inbox.js';
import { useAppInbox } from './app-inbox.js';
import type { ShownArea } from './areas.js';
import { filterOf } from './places.js';
import { home } from './routes.js';

const AdminArea = lazy(() => import('../admin/AdminArea.js'));
const AccountArea = lazy(() => import('../account/AccountArea.js'));

/** What stands beside the inbox: loaded when somebody goes there. */
export function AreaPane({ area: { area, page } }: { area: ShownArea }) {
  const { me } = useAppInbox();
  // The connection follows from the first list on. This one is also where the way back leads.
  useShownList(useMemo(() => filterOf(home.place, {}, { meId: me.id, teamId: () => undefined }) ?? {}, [me.id]));
  const Area = area === 'admin' ? AdminArea : AccountArea;
  return (
    <Suspense fallback={<div className="grow bg-surface" />}>
      <Area page={page} />
    </Suspense>
  );
}
