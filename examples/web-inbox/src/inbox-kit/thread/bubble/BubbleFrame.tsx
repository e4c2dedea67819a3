import type { ReactNode } from 'react';
import { cx } from '../../ui.js';

export interface BubbleFrameProps {
  side: 'inbound' | 'outbound';
  /** Begins and ends what one person said in a row: the corners tell. */
  first: boolean;
  last: boolean;
  tone?: 'plain' | 'failed' | 'waiting' | undefined;
  /** Who says it, above the bubble. */
  heading?: ReactNode;
  /** What can be done with it, beside the bubble. */
  tools?: ReactNode;
  /** What hangs on its lower edge: reactions. */
  below?: ReactNode;
  /** What is to be known about it, under the bubble. */
  notice?: ReactNode;
  children: ReactNode;
}

/** The shape of everything that is said. What is inside cannot spill over what is beside it. */
export function BubbleFrame({ side, first, last, tone, heading, tools, below, notice, children }: BubbleFrameProps) {
  const out = side === 'outbound';
  return (
    <div className={cx('flex flex-col px-4', out ? 'items-end' : 'items-start', first ? 'pt-2.5' : 'pt-0.5')}>
      {heading !== undefined && <div className="mb-0.5 flex gap-1.5 px-1 text-text-muted text-xs">{heading}</div>}
      <div className={cx('flex min-w-0 max-w-full items-center gap-1', out && 'flex-row-reverse')}>
        <div
          className={cx(
            'relative min-w-0 max-w-[min(36rem,82cqw)] overflow-clip rounded-2xl px-3 py-2 text-sm leading-5',
            out ? 'bg-bubble-out text-bubble-out-text' : 'bg-bubble-in text-bubble-in-text',
            out ? !last && 'rounded-br-md' : !last && 'rounded-bl-md',
            out ? !first && 'rounded-tr-md' : !first && 'rounded-tl-md',
            tone === 'failed' && 'ring-1 ring-danger ring-inset',
            tone === 'waiting' && 'opacity-75',
          )}
        >
          {children}
        </div>
        {tools}
      </div>
      {below}
      {notice !== undefined && (
        <div className={cx('mt-1 mb-1.5 max-w-[min(36rem,82cqw)] px-1 text-text-muted text-xs', out && 'text-end')}>
          {notice}
        </div>
      )}
    </div>
  );
}

/** The small line at the end of a bubble: when, and how far it got; on the last line of a text where that has room for it. */
export function BubbleFoot({ onLastLine, children }: { onLastLine: boolean; children: ReactNode }) {
  return (
    <div
      className={cx(
        'flex items-center justify-end gap-1 whitespace-nowrap text-2xs text-current/75 tabular-nums',
        onLastLine ? 'absolute right-3 bottom-1.5' : '-mb-0.5 mt-0.5',
      )}
    >
      {children}
    </div>
  );
}

/** So many pixels the line takes; undefined where it needs a line of its own: below what is folded or runs to the left. */
export function roomForFoot(text: string, foot: string, marks: number): number | undefined {
  if (text.length > 600 || text.split('\n').length > 20 || leftwards.test(text)) return undefined;
  return Math.ceil(foot.length * 6.6 + marks * 18 + 10);
}

const leftwards = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u202b\u202e\u2067]/;
