import { KeyRound, type LucideIcon, MonitorSmartphone, UserRound } from 'lucide-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { AreaLayout } from '../admin/frame/AreaLayout.js';
import { Link } from '../app/router.js';
import { home } from '../app/routes.js';
import { EmptyState } from '../inbox-kit/ui.js';
import { type AccountPageKey, accountPages } from './pages.js';

const icons: Readonly<Record<AccountPageKey, LucideIcon>> = {
  profile: UserRound,
  security: KeyRound,
  sessions: MonitorSmartphone,
};

const pages: Readonly<Record<AccountPageKey, ComponentType>> = {
  profile: lazy(() => import('./ProfilePage.js')),
  security: lazy(() => import('./SecurityPage.js')),
  sessions: lazy(() => import('./SessionsPage.js')),
};

/** What everybody decides for themselves. */
export default function AccountArea({ page: key }: { page: string | undefined }) {
  const page = accountPages.find((one) => one.key === key);
  const Page = page && pages[page.key];
  return (
    <AreaLayout title="Your account" here={key} entries={accountPages.map((one) => ({ ...one, icon: icons[one.key] }))}>
      {Page ? (
        <Suspense>
          <Page key={page.key} />
        </Suspense>
      ) : (
        <EmptyState
          heading="h1"
          title="There is no such page"
          action={
            <Link to={home} className="font-medium text-accent underline-offset-4 hover:underline">
              Go to your inbox
            </Link>
          }
        >
          The link may be old. What there is stands in the menu.
        </EmptyState>
      )}
    </AreaLayout>
  );
}
