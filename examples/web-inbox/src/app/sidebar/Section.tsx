import type { ReactNode } from 'react';

/** Places of one kind, under their name. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h2 className="px-2 pb-1 font-medium text-2xs text-text-muted">{title}</h2>
      <ul className="space-y-px">{children}</ul>
    </section>
  );
}
