import { Settings } from 'lucide-react';
import { seesAdministration } from '../../admin/pages.js';
import { useAppInbox } from '../app-inbox.js';
import { Link } from '../router.js';

/** The way to the administration, for those who see something of it. */
export function AdminLink({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { me } = useAppInbox();
  if (!seesAdministration(me)) return null;
  return (
    <div className="shrink-0 px-3 pb-2">
      <Link
        to="/admin"
        onClick={onNavigate}
        className="flex h-8 items-center gap-2.5 rounded-lg px-2 text-text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
      >
        <Settings aria-hidden="true" className="size-4 shrink-0" />
        Administration
      </Link>
    </div>
  );
}
