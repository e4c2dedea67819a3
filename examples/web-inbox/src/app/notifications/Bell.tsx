import { Bell as BellIcon } from 'lucide-react';
import { Button } from '../../inbox-kit/ui.js';
import { runCommand } from '../keyboard/use-shortcuts.js';
import { useNotifications } from './use-notifications.js';

/** Leads to what the reader was told, and says how much of it is unread. */
export function Bell({ onPress }: { onPress?: (() => void) | undefined }) {
  const { unreadCount } = useNotifications();
  return (
    <Button
      variant="ghost"
      size="icon"
      className="relative size-8"
      onClick={() => {
        onPress?.();
        runCommand('go.notifications');
      }}
      aria-label={unreadCount > 0 ? `Notifications, ${unreadCount} unread` : 'Notifications'}
      title="Notifications (g n)"
    >
      <BellIcon aria-hidden="true" className="size-4" />
      {unreadCount > 0 && (
        <span
          aria-hidden="true"
          className="-top-0.5 -right-0.5 absolute min-w-4 rounded-full bg-danger px-1 text-center font-semibold text-[0.625rem] text-surface leading-4 tabular-nums"
        >
          {unreadCount > 99 ? '99+' : unreadCount}
        </span>
      )}
    </Button>
  );
}
