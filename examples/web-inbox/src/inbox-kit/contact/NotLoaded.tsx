import { Button, cx } from '../ui.js';

/** What to do where a part of the panel could not be loaded. */
export function NotLoaded({ says, busy, onRetry, className }: NotLoadedProps) {
  return (
    <div role="alert" className={cx('flex flex-wrap items-center gap-2 text-text-muted', className)}>
      {says}
      <Button size="sm" busy={busy} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

interface NotLoadedProps {
  /** A sentence: "The notes could not be loaded." */
  says: string;
  busy: boolean;
  onRetry(): void;
  className?: string | undefined;
}
