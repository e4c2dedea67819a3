import type { ReactNode } from 'react';

export const fieldClass =
  'h-11 w-full rounded-lg border border-border-strong bg-surface px-3 text-base text-text read-only:bg-background read-only:text-text-muted focus-visible:border-accent focus-visible:outline-offset-0';

/** A field under its name. */
export function Field({ label, hint, children }: { label: string; hint?: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is the child
    <label className="flex flex-col gap-1.5">
      <span className="flex justify-between gap-2 font-medium text-xs">
        {label}
        <span role="status" className="text-warning">
          {hint}
        </span>
      </span>
      {children}
    </label>
  );
}
