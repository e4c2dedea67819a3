import { Hourglass } from 'lucide-react';
import { cx, lengthOf, useServerNow } from '../../ui.js';

/** From here on the reader is told how long the window is still open. */
const soon = 4 * 60 * 60_000;
const verySoon = 30 * 60_000;

/** How long the channel's window is still open, by the server's clock; nothing while there is plenty of time. */
export function WindowClock({ endsAt }: { endsAt: string }) {
  const left = Date.parse(endsAt) - useServerNow();
  if (!(left < soon)) return null;
  return (
    <span
      title="The channel lets you answer for 24 hours after the customer’s last message"
      className={cx('inline-flex items-center gap-1', left < verySoon && 'font-medium text-warning')}
    >
      <Hourglass aria-hidden="true" className="size-3" />
      {left > 0 ? `You can answer for another ${lengthOf(left)}` : 'The time to answer is over'}
    </span>
  );
}
