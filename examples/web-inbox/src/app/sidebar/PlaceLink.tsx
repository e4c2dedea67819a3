import type { ReactNode } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import type { Count } from '../counts.js';
import type { Place } from '../places.js';
import { Link } from '../router.js';

export interface PlaceLinkProps {
  place: Place;
  /** It is the list that is shown. */
  here: boolean;
  name: string;
  count: Count | undefined;
  icon: ReactNode;
  onNavigate?: (() => void) | undefined;
}

/** The way to a list: how many stand in it, or rather how many of them are unread. */
export function PlaceLink({ place, here, name, count, icon, onNavigate }: PlaceLinkProps) {
  return (
    <Link
      to={{ place, narrowing: {} }}
      onClick={onNavigate}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-lg px-2 pointer-coarse:h-11',
        here ? 'bg-selected font-medium text-text' : 'text-text-muted hover:bg-hover hover:text-text',
      )}
    >
      <span className={cx('flex', here && 'text-accent')}>{icon}</span>
      <span dir="auto" className={cx('grow truncate', count && count.unread > 0 && 'font-medium text-text')}>
        {name}
      </span>
      {count && <CountMark count={count} />}
    </Link>
  );
}

function CountMark({ count: { total, unread } }: { count: Count }) {
  const said = `${plural(total, 'conversation')}${unread > 0 ? `, ${unread} unread` : ''}`;
  return (
    <>
      <span className="sr-only">: {said}</span>
      {unread > 0 ? (
        <span
          aria-hidden="true"
          title={said}
          className="min-w-5 rounded-full bg-accent px-1.5 text-center font-semibold text-2xs text-on-accent leading-5 tabular-nums"
        >
          {short(unread)}
        </span>
      ) : (
        total > 0 && (
          <span aria-hidden="true" title={said} className="px-1.5 text-2xs text-text-muted tabular-nums">
            {short(total)}
          </span>
        )
      )}
    </>
  );
}

const short = (count: number) => (count > 9_999 ? `${Math.floor(count / 1_000)}k` : String(count));
const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
