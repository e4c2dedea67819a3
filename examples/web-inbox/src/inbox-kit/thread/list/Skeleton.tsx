import { cx } from '../../ui.js';

/** Where a message will stand. */
export function SkeletonBubble({ width, out }: { width: string; out?: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={cx(
        'h-10 max-w-full animate-shimmer rounded-2xl',
        width,
        out ? 'ms-auto bg-bubble-out' : 'bg-bubble-in',
      )}
    />
  );
}

/** Where messages will stand. */
export function MessagesSkeleton() {
  return (
    <div role="status" className="flex min-h-0 flex-1 flex-col justify-end gap-2 overflow-hidden px-4 pb-4">
      <span className="sr-only">Loading the conversation</span>
      <SkeletonBubble width="w-56" />
      <SkeletonBubble width="w-72" />
      <SkeletonBubble width="w-64" out />
      <SkeletonBubble width="w-40" />
      <SkeletonBubble width="w-80" out />
      <SkeletonBubble width="w-48" out />
      <SkeletonBubble width="w-60" />
    </div>
  );
}
