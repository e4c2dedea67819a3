/** The small pieces that everything here is built of. */
import { AlertTriangle, Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.js';
import { shortAge, useServerNow } from './server-time.js';

export { Avatar } from './avatar.js';
export { Button, Kbd, Spinner } from './button.js';
export { ChannelMark, channelKindName } from './channel-mark.js';
export { cx } from './class-names.js';
export { lengthOf, serverNow, useServerNow } from './server-time.js';
export { toast } from './toasts.js';

/** How long ago a time of the server's was, by the server's clock; the whole date when pointed at. */
export function RelativeTime({ at, className }: { at: string; className?: string | undefined }) {
  const now = useServerNow();
  const time = Date.parse(at);
  if (Number.isNaN(time)) return null;
  return (
    <time dateTime={at} title={wholeDate.format(time)} className={className}>
      {shortAge(time, now)}
    </time>
  );
}

const wholeDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

export interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  icon?: LucideIcon | undefined;
  action?: ReactNode;
  /** `h1` where it is the page. */
  heading?: 'h1' | 'h2' | undefined;
}

/** There is nothing here, and why that may be fine. */
export function EmptyState({ title, children, icon: Icon = Inbox, action, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="flex h-full animate-rise flex-col items-center justify-center gap-2 p-8 text-center">
      <span className="mb-1 flex size-12 items-center justify-center rounded-2xl bg-accent-soft text-accent">
        <Icon aria-hidden="true" className="size-6" strokeWidth={1.75} />
      </span>
      <Heading className="text-balance font-semibold text-base text-text">{title}</Heading>
      {children !== undefined && <p className="max-w-xs text-pretty text-text-muted">{children}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** What happened. */
  title: string;
  /** What to do about it. */
  help: ReactNode;
  onRetry?: (() => void) | undefined;
  /** A try is under way. */
  busy?: boolean | undefined;
  action?: ReactNode;
}

/** Something failed: what, what to do, and the button that tries it again. */
export function ErrorState({ title, help, onRetry, busy, action }: ErrorStateProps) {
  return (
    <div role="alert" className="flex h-full animate-rise flex-col items-center justify-center gap-2 p-8 text-center">
      <span className="mb-1 flex size-12 items-center justify-center rounded-2xl bg-danger-soft text-danger">
        <AlertTriangle aria-hidden="true" className="size-6" strokeWidth={1.75} />
      </span>
      <h2 className="text-balance font-semibold text-base text-text">{title}</h2>
      <p className="max-w-sm text-pretty text-text-muted">{help}</p>
      <div className="mt-3 flex gap-2">
        {onRetry && (
          <Button onClick={onRetry} busy={busy}>
            Try again
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}
