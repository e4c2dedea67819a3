import { Lock } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

export interface PageFrameProps {
  title: string;
  /** What the page is for, in a sentence. */
  says: ReactNode;
  /** The one thing that is done here most. */
  action?: ReactNode;
  /** Why nothing can be changed here. */
  readOnly?: string | undefined;
  children: ReactNode;
}

/** A page beside the inbox: what it is, what can be done, and what there is. */
export function PageFrame({ title, says, action, readOnly, children }: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever listens to the page hears where they are.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-5 pb-16 sm:px-8 sm:pt-8">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-2xl">
          <h1
            ref={heading}
            tabIndex={-1}
            data-page-heading=""
            className="font-semibold text-xl tracking-tight outline-none"
          >
            {title}
          </h1>
          <p className="mt-1 text-pretty text-text-muted">{says}</p>
        </div>
        {action}
      </header>
      {readOnly !== undefined && (
        <p className="mb-6 flex items-start gap-2.5 rounded-lg bg-hover p-3 text-text-muted text-xs leading-4.5">
          <Lock aria-hidden="true" className="mt-px size-4 shrink-0" />
          <span>{readOnly}</span>
        </p>
      )}
      {children}
    </div>
  );
}
