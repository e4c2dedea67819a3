import { ArrowLeft, type LucideIcon, Menu as MenuIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Drawer } from '../../app/Drawer.js';
import { command } from '../../app/list/use-cursor.js';
import { Link } from '../../app/router.js';
import { home } from '../../app/routes.js';
import { useLayout } from '../../app/viewport.js';
import { cx } from '../../inbox-kit/class-names.js';
import { useCommands } from '../../inbox-kit/commands.js';
import { Button } from '../../inbox-kit/ui.js';

export interface MenuEntry {
  readonly key: string;
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

export interface AreaLayoutProps {
  /** What the area is called. */
  title: string;
  entries: readonly MenuEntry[];
  /** The entry that is shown. */
  here: string | undefined;
  /** Under the entries. */
  more?: ReactNode;
  children: ReactNode;
}

/** Pages beside the inbox: their menu on the left, or behind a button where there is no room. */
export function AreaLayout({ title, entries, here, more, children }: AreaLayoutProps) {
  const narrow = useLayout() === 'one';
  const [open, setOpen] = useState(false);
  useCommands(narrow ? [command('app.sidebar', () => setOpen(true))] : []);
  const menu = <AreaMenu title={title} entries={entries} here={here} more={more} onNavigate={() => setOpen(false)} />;
  return (
    <>
      {!narrow && (
        <aside aria-label="Sidebar" className="w-60 shrink-0 border-border border-r min-[1800px]:w-68">
          {menu}
        </aside>
      )}
      <main className="flex min-w-0 grow flex-col bg-surface">
        {narrow && (
          <div className="flex h-13 shrink-0 items-center gap-2 border-border border-b px-2">
            <Button variant="ghost" size="icon" aria-label="Menu" onClick={() => setOpen(true)}>
              <MenuIcon aria-hidden="true" className="size-5" />
            </Button>
            <span className="font-medium">{title}</span>
          </div>
        )}
        <div className="min-h-0 grow overflow-y-auto">{children}</div>
      </main>
      {narrow && open && <Drawer onClose={() => setOpen(false)}>{menu}</Drawer>}
    </>
  );
}

function AreaMenu({
  title,
  entries,
  here,
  more,
  onNavigate,
}: Omit<AreaLayoutProps, 'children'> & { onNavigate(): void }) {
  return (
    <div className="flex h-full flex-col bg-background">
      <div className="px-3 pt-3 pb-2">
        <Link
          to={home}
          onClick={onNavigate}
          className="flex h-9 items-center gap-2.5 rounded-lg px-2 text-text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          Back to the inbox
        </Link>
      </div>
      <nav aria-label={title} className="min-h-0 grow overflow-y-auto px-3 pb-4">
        <h2 className="px-2 pt-2 pb-1 font-medium text-2xs text-text-muted">{title}</h2>
        <ul className="space-y-px">
          {entries.map(({ key, path, title: name, icon: Icon }) => (
            <li key={key}>
              <Link
                to={path}
                onClick={onNavigate}
                aria-current={key === here ? 'page' : undefined}
                className={cx(
                  'flex h-8 items-center gap-2.5 rounded-lg px-2 pointer-coarse:h-11',
                  key === here ? 'bg-selected font-medium text-text' : 'text-text-muted hover:bg-hover hover:text-text',
                )}
              >
                <Icon aria-hidden="true" className={cx('size-4 shrink-0', key === here && 'text-accent')} />
                <span className="truncate">{name}</span>
              </Link>
            </li>
          ))}
        </ul>
        {more}
      </nav>
    </div>
  );
}
