import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface NoticeProps {
  icon: LucideIcon;
  /** What stands in the way. */
  title: ReactNode;
  /** Why, and what can be done. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Stands where the composer would, when nothing can be written now. */
export function Notice({ icon: Icon, title, children, actions }: NoticeProps) {
  return (
    <section
      aria-label="Why you cannot write here now"
      className="mx-3 mb-3 flex flex-wrap items-start gap-x-3 gap-y-2.5 rounded-2xl border border-border bg-background p-3.5"
    >
      <span className="flex size-9 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent">
        <Icon aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </span>
      <div className="min-w-48 flex-1">
        <p className="font-semibold text-text">{title}</p>
        {children !== undefined && <div className="text-pretty text-text-muted text-xs leading-5">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2 self-center">{actions}</div>}
    </section>
  );
}
