import {
  Activity,
  CircleCheck,
  FileSpreadsheet,
  KeyRound,
  type LucideIcon,
  MessageSquareQuote,
  Radio,
  Settings,
  ShieldCheck,
  Tag,
  UserRound,
  Users,
} from 'lucide-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { useAppInbox } from '../app/app-inbox.js';
import { Link } from '../app/router.js';
import { home } from '../app/routes.js';
import { EmptyState } from '../inbox-kit/ui.js';
import { AreaLayout } from './frame/AreaLayout.js';
import { useFollowing } from './frame/use-resource.js';
import { type AdminPageKey, adminPages, mayRead, seesAdministration } from './pages.js';

const icons: Readonly<Record<AdminPageKey, LucideIcon>> = {
  settings: Settings,
  users: UserRound,
  teams: Users,
  roles: ShieldCheck,
  channels: Radio,
  'contact-files': FileSpreadsheet,
  tags: Tag,
  'canned-responses': MessageSquareQuote,
  'close-reasons': CircleCheck,
  keys: KeyRound,
  activity: Activity,
};

const pages: Readonly<Record<AdminPageKey, ComponentType>> = {
  settings: lazy(() => import('./settings/SettingsPage.js')),
  users: lazy(() => import('./users/UsersPage.js')),
  teams: lazy(() => import('./teams/TeamsPage.js')),
  roles: lazy(() => import('./roles/RolesPage.js')),
  channels: lazy(() => import('./channels/ChannelsPage.js')),
  'contact-files': lazy(() => import('./contact-files/ContactFilesPage.js')),
  tags: lazy(() => import('./tags/TagsPage.js')),
  'canned-responses': lazy(() => import('./canned-responses/CannedResponsesPage.js')),
  'close-reasons': lazy(() => import('./close-reasons/CloseReasonsPage.js')),
  keys: lazy(() => import('./keys/KeysPage.js')),
  activity: lazy(() => import('./activity/ActivityPage.js')),
};

/** Where an organization decides how it works: each page for those who may see it. */
export default function AdminArea({ page: key }: { page: string | undefined }) {
  const { me } = useAppInbox();
  useFollowing();
  const visible = adminPages.filter((page) => mayRead(me, page));
  const page = adminPages.find((one) => one.key === key);
  const Page = page && pages[page.key];
  return (
    <AreaLayout
      title="Administration"
      here={key}
      entries={visible.map((one) => ({ ...one, path: `/admin/${one.key}`, icon: icons[one.key] }))}
    >
      {!Page || !mayRead(me, page) ? (
        <Closed known={page !== undefined} any={seesAdministration(me)} />
      ) : (
        <Suspense>
          <Page key={page.key} />
        </Suspense>
      )}
    </AreaLayout>
  );
}

/** An address that is not for the reader says so, and what to do. */
function Closed({ known, any }: { known: boolean; any: boolean }) {
  const back = (
    <Link to={home} className="font-medium text-accent underline-offset-4 hover:underline">
      Go to your inbox
    </Link>
  );
  if (!known && any) {
    return (
      <EmptyState heading="h1" title="There is no such page" action={back}>
        The link may be old. What there is stands in the menu.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      heading="h1"
      title={any ? 'Your role does not show this page' : 'This is for administrators'}
      action={back}
    >
      Your role does not allow it. Ask an administrator of your organization if you need something from here.
    </EmptyState>
  );
}
