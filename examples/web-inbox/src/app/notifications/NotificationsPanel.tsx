import type { Notification } from '@tims/sdk';
import { BellOff, BellRing, CheckCheck, X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useCallback, useEffect } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, EmptyState, ErrorState, RelativeTime, Spinner, toast } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { navigate } from '../router.js';
import { switchBrowserNotices, useBrowserNotices } from './browser-notices.js';
import { kindIcons, routeTo, toldOf } from './told.js';
import { type Spoken, useLoadingNow, useNotifications, useSpokenOf } from './use-notifications.js';

/** What the reader was told, newest first. */
export default function NotificationsPanel({ onClose }: { onClose: () => void }) {
  const { notifications: source } = useAppInbox();
  const { notifications, unreadCount, hasMore, loaded } = useNotifications();
  const spoken = useSpokenOf(notifications);
  const { busy, error, go } = useLoadingNow(source.load);
  const older = useLoadingNow(source.loadMore);
  useEffect(() => {
    if (!loaded) go();
  }, [loaded, go]);

  const read = useCallback(
    (which: Parameters<typeof source.read>[0]) => {
      source.read(which).catch((failure: unknown) => {
        const { title, help } = errorText(failure);
        toast({ title, description: help, tone: 'danger' });
      });
    },
    [source],
  );

  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-2 bottom-2 left-2 z-50 flex w-[min(26rem,calc(100vw-1rem))] animate-rise flex-col overflow-hidden rounded-2xl border border-border bg-surface-raised shadow-raised outline-none"
        >
          <header className="flex shrink-0 items-center gap-1 border-border border-b py-2 pr-2 pl-4">
            <Radix.Title className="grow font-semibold text-base">Notifications</Radix.Title>
            <Button variant="ghost" size="sm" disabled={unreadCount === 0} onClick={() => read({ all: true })}>
              <CheckCheck aria-hidden="true" className="size-4" />
              Mark all as read
            </Button>
            <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
              <X aria-hidden="true" className="size-4" />
            </Button>
          </header>
          <div className="min-h-0 grow overflow-y-auto overscroll-contain">
            {notifications.length > 0 ? (
              <>
                <ul aria-label="Notifications">
                  {notifications.map((one) => (
                    <Line
                      key={one.id}
                      notification={one}
                      spoken={spoken}
                      onOpen={() => {
                        const to = routeTo(one);
                        if (one.readAt === null) read({ ids: [one.id] });
                        if (!to) return;
                        onClose();
                        navigate(to);
                      }}
                    />
                  ))}
                </ul>
                {hasMore && (
                  <p className="flex justify-center p-3">
                    <Button size="sm" busy={older.busy} onClick={older.go}>
                      {older.error === undefined ? 'Show older ones' : 'That failed. Try again'}
                    </Button>
                  </p>
                )}
              </>
            ) : error !== undefined ? (
              <ErrorState {...errorText(error)} onRetry={go} busy={busy} />
            ) : !loaded ? (
              <div className="flex h-full items-center justify-center text-text-muted">
                <Spinner label="Loading notifications" />
              </div>
            ) : (
              <EmptyState title="Nobody has told you anything" icon={BellOff}>
                Mentions, feedback, conversations that you are given, and follow-ups that are due stand here.
              </EmptyState>
            )}
          </div>
          <BesideThePage />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Line({ notification, spoken, onOpen }: { notification: Notification; spoken: Spoken; onOpen: () => void }) {
  const { kind, readAt, createdAt } = notification;
  const { title, text } = toldOf(notification, spoken, useColleagues());
  const Icon = kindIcons[kind];
  const unread = readAt === null;
  return (
    <li className="border-border border-b">
      <button
        type="button"
        onClick={onOpen}
        className={cx(
          'focus-inset flex w-full gap-3 px-4 py-3 text-left hover:bg-hover',
          unread && 'bg-accent-soft/50',
        )}
      >
        <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', unread ? 'text-accent' : 'text-text-muted')} />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className={cx('grow break-words', unread && 'font-medium')}>
              {title}
            </span>
            <RelativeTime at={createdAt} className="shrink-0 text-2xs text-text-muted tabular-nums" />
          </span>
          {text && (
            <span dir="auto" className="mt-0.5 line-clamp-2 block break-words text-text-muted text-xs">
              {text}
            </span>
          )}
        </span>
        {unread && (
          <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">Unread</span>
          </span>
        )}
      </button>
    </li>
  );
}

/** Whether this device also shows them outside of the page. */
function BesideThePage() {
  const state = useBrowserNotices();
  const on = state === 'on';
  const Icon = on ? BellRing : BellOff;
  return (
    <footer className="flex shrink-0 items-center gap-3 border-border border-t px-4 py-3 text-xs">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
      <p className="grow text-text-muted">
        {state === 'unsupported' && 'This browser cannot show notifications beside the page.'}
        {state === 'blocked' && 'Your browser blocks notifications of this page. Allow them in its site settings.'}
        {state === 'off' && 'This device shows them only here.'}
        {on && 'This device also shows them beside the page.'}
      </p>
      {(on || state === 'off') && (
        <Button size="sm" aria-pressed={on} onClick={() => void switchBrowserNotices()}>
          {on ? 'Turn off' : 'Turn on'}
        </Button>
      )}
    </footer>
  );
}
