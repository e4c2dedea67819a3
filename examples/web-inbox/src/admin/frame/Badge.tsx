import type { ReactNode } from 'react';
import { cx } from '../../inbox-kit/class-names.js';

export type BadgeTone = 'neutral' | 'good' | 'warning' | 'accent';

const tones: Readonly<Record<BadgeTone, string>> = {
  neutral: 'bg-hover text-text-muted',
  good: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  accent: 'bg-accent-soft text-accent',
};

/** A word on the state of something. */
export function Badge({ tone = 'neutral', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center whitespace-nowrap rounded-md px-1.5 font-medium text-2xs',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
