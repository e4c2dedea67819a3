import { Hourglass } from 'lucide-react';
import { cx } from './class-names.js';
import { lengthOf, useServerNow } from './server-time.js';

const minute = 60_000;
/** From when on a wait is long, and too long. */
const steps = { long: 15 * minute, tooLong: 60 * minute } as const;

/** How long somebody waits for an answer: grey, then amber, then red. */
export function Waiting({ since }: { since: string }) {
  const waited = Math.max(0, useServerNow() - Date.parse(since));
  const urgency = waited >= steps.tooLong ? 'too long' : waited >= steps.long ? 'long' : 'short';
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-full px-1.5 font-medium text-2xs leading-4 tabular-nums',
        urgency === 'short' && 'bg-hover text-text-muted',
        urgency === 'long' && 'bg-warning-soft text-warning',
        urgency === 'too long' && 'bg-danger-soft text-danger',
      )}
      title={`Waiting for an answer for ${lengthOf(waited)}`}
    >
      <Hourglass aria-hidden="true" className="size-2.5" strokeWidth={2.5} />
      <span className="sr-only">Waiting </span>
      {waited < minute ? 'now' : lengthOf(waited)}
    </span>
  );
}
