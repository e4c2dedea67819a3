import { useServerNow } from '../../ui.js';
import { dayLabel, fullTime } from '../dates.js';

/** A day begins. */
export function DayDivider({ at }: { at: string }) {
  const now = useServerNow();
  return (
    <div className="flex justify-center pt-5 pb-2">
      <time
        dateTime={at}
        title={fullTime(at)}
        className="rounded-full bg-hover px-2.5 py-0.5 font-medium text-2xs text-text-muted"
      >
        {dayLabel(at, now)}
      </time>
    </div>
  );
}

/** What is below is new to the reader. */
export function UnreadDivider() {
  return (
    <div className="flex items-center gap-3 px-4 pt-4 pb-1.5 font-semibold text-2xs text-accent uppercase tracking-wide">
      <span aria-hidden="true" className="h-px flex-1 bg-accent/40" />
      New
      <span aria-hidden="true" className="h-px flex-1 bg-accent/40" />
    </div>
  );
}
