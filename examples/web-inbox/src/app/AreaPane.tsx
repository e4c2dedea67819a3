import { lazy, Suspense } from 'react';
import type { ShownArea } from './areas.js';

const AdminArea = lazy(() => import('../admin/AdminArea.js'));
const AccountArea = lazy(() => import('../account/AccountArea.js'));

/** What stands beside the inbox: loaded when somebody goes there. */
export function AreaPane({ area: { area, page } }: { area: ShownArea }) {
  const Area = area === 'admin' ? AdminArea : AccountArea;
  return (
    <Suspense fallback={<div className="grow bg-surface" />}>
      <Area page={page} />
    </Suspense>
  );
}
