import { CircleAlert } from 'lucide-react';
import { cx } from '../inbox-kit/class-names.js';
import type { ErrorText } from '../inbox-kit/error-text.js';

/** What went wrong with the whole form. */
export function Failure({ failure, className }: { failure: ErrorText | undefined; className?: string }) {
  if (!failure) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      className={cx('flex gap-2.5 rounded-lg bg-danger-soft p-3 text-danger outline-none', className)}
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{failure.title}</p>
        <p className="text-pretty text-xs">{failure.help}</p>
      </div>
    </div>
  );
}
