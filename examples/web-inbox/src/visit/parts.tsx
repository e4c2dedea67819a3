import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from '../app/router.js';
import { cx } from '../inbox-kit/class-names.js';

export interface SayingProps {
  title: string;
  children: ReactNode;
  icon?: LucideIcon | undefined;
  tone?: 'good' | 'warning' | undefined;
  action?: ReactNode;
}

/** What there is to say, where there is nothing to fill in. */
export function Saying({ title, children, icon: Icon, tone = 'good', action }: SayingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // It takes the place of a form that had the focus.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-2">
      {Icon && (
        <span
          className={cx(
            'mb-2 flex size-12 items-center justify-center rounded-2xl',
            tone === 'good' ? 'bg-success-soft text-success' : 'bg-warning-soft text-warning',
          )}
        >
          <Icon aria-hidden="true" className="size-6" strokeWidth={1.75} />
        </span>
      )}
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-2xl tracking-tight outline-none">
        {title}
      </h2>
      <div className="flex flex-col gap-2 text-pretty text-text-muted">{children}</div>
      {action !== undefined && <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-3">{action}</div>}
    </div>
  );
}

/** A link that is the next step. */
export function NextStep({ to, children, quiet }: { to: string; children: ReactNode; quiet?: boolean }) {
  return (
    <Link
      to={to}
      className={
        quiet
          ? 'rounded text-text-muted text-xs underline-offset-4 hover:text-text hover:underline'
          : 'inline-flex h-11 items-center rounded-lg bg-brand px-4 font-medium text-base text-on-brand shadow-low hover:brightness-110'
      }
    >
      {children}
    </Link>
  );
}
