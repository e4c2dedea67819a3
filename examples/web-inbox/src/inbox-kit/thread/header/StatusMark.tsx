import type { Conversation } from '@tims/sdk';
import { cx } from '../../ui.js';

const statuses: Readonly<Record<Conversation['status'], { label: string; dot: string }>> = {
  new: { label: 'New', dot: 'bg-accent' },
  queued: { label: 'In the queue', dot: 'bg-warning' },
  assigned: { label: 'Assigned', dot: 'bg-success' },
  pending: { label: 'Pending', dot: 'bg-border-strong' },
  closed: { label: 'Closed', dot: 'bg-border-strong' },
  merged: { label: 'Merged', dot: 'bg-border-strong' },
};

/** Where the conversation stands. */
export function StatusMark({ status }: { status: Conversation['status'] }) {
  const { label, dot } = statuses[status];
  return (
    <span className="inline-flex min-w-0 shrink-0 items-center gap-1.5 @max-md/header:shrink">
      <span aria-hidden="true" className={cx('size-2 shrink-0 rounded-full', dot)} />
      <span className="truncate">{label}</span>
    </span>
  );
}
