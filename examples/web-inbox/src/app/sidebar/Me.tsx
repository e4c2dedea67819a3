import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { useConnection } from '../../inbox-kit/inbox.js';
import { Button } from '../../inbox-kit/ui.js';
import { useAppInbox, useSession } from '../app-inbox.js';
import { runCommand } from '../keyboard/use-shortcuts.js';
import { useOwnPresence } from '../presence/own-presence.js';
import { Link } from '../router.js';
import { nextTheme, themeNames, useTheme } from '../theme.js';

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;

const said = { online: 'Online', away: 'Away', idle: 'Away: nobody has touched this page for a while' } as const;

/** Who is signed in and whether they are there, the theme, the help, and the way out. */
export function Me({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { me } = useAppInbox();
  const session = useSession();
  const theme = useTheme();
  const { state } = useConnection();
  const own = useOwnPresence();
  const shown = state === 'live' ? said[own] : 'Not connected';
  const ThemeIcon = themeIcons[theme];
  return (
    <div className="flex shrink-0 items-center gap-2 border-border border-t px-3 py-2.5">
      <button
        type="button"
        onClick={() => runCommand('app.presence')}
        aria-pressed={own === 'away'}
        title={`${shown} (shift o)`}
        className="-m-1 shrink-0 rounded-full p-1 hover:bg-hover"
      >
        <Avatar name={me.name} id={me.id} size="sm" online={state === 'live' && (own === 'online' ? true : 'away')} />
        <span className="sr-only">
          {shown}. {own === 'away' ? 'Say that you are back' : 'Say that you are away'}
        </span>
      </button>
      <Link
        to="/account"
        onClick={onNavigate}
        title="Your account"
        className="-my-1 min-w-0 grow rounded-lg p-1 leading-4 hover:bg-hover"
      >
        <span dir="auto" className="block truncate font-medium text-text text-xs">
          {me.name}
        </span>
        <span className="block truncate text-2xs text-text-muted">
          {state === 'live' && own !== 'online' ? 'Away' : roleName(me.role)}
        </span>
        <span className="sr-only">: your account</span>
      </Link>
      <div className="-mr-1 flex">
        <Button
          variant="ghost"
          size="icon"
          className="size-8"
          onClick={nextTheme}
          aria-label={`Theme: ${themeNames[theme]}. Change`}
          title={`Theme: ${themeNames[theme]}`}
        >
          <ThemeIcon aria-hidden="true" className="size-4" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="size-8 pointer-coarse:hidden"
          onClick={() => runCommand('app.help')}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
        >
          <Keyboard aria-hidden="true" className="size-4" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="size-8"
          onClick={() => void session.logout()}
          aria-label="Sign out"
          title="Sign out"
        >
          <LogOut aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </div>
  );
}

/** `operations_manager` as people write it. */
export function roleName(role: string): string {
  const words = role.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
