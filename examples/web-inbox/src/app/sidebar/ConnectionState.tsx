import type { RealtimeState } from '@tims/sdk';
import { cx } from '../../inbox-kit/class-names.js';
import { useConnection } from '../../inbox-kit/inbox.js';

const told: Readonly<Record<RealtimeState, { text: string; colour: string }>> = {
  live: { text: 'Live', colour: 'bg-success' },
  connecting: { text: 'Connecting', colour: 'bg-warning animate-shimmer' },
  resyncing: { text: 'Catching up', colour: 'bg-warning animate-shimmer' },
  offline: { text: 'Offline', colour: 'bg-danger' },
  closed: { text: 'Not connected', colour: 'bg-danger' },
};

/** Whether the page follows what happens. */
export function ConnectionState() {
  const { text, colour } = told[useConnection().state];
  return (
    <span className="flex items-center gap-1.5 text-2xs text-text-muted">
      <span aria-hidden="true" className={cx('size-2 rounded-full', colour)} />
      {text}
    </span>
  );
}
