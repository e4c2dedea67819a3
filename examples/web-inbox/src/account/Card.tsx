import type { ReactNode } from 'react';

/** One matter on a page: what it is, and what can be done about it. */
export function Card({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-6 rounded-xl border border-border bg-surface p-5 sm:p-6">
      <h2 className="font-semibold text-base">{title}</h2>
      {says !== undefined && <p className="mt-0.5 max-w-2xl text-pretty text-text-muted">{says}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
