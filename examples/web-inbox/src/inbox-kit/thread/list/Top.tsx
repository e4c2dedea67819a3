import { Button } from '../../ui.js';
import type { Older } from '../use-older.js';
import { SkeletonBubble } from './Skeleton.js';

export interface TopProps {
  hasOlder: boolean;
  older: Older;
  /** Only the last messages are shown until the conversation is taken. */
  preview: boolean;
}

/** What stands above the oldest message that is shown. */
export function Top({ hasOlder, older, preview }: TopProps) {
  if (older.state === 'failed') {
    return (
      <div role="alert" className="mx-4 flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-center text-xs">
        <span className="text-danger">The messages before these could not be loaded.</span>
        <Button size="sm" onClick={older.retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (hasOlder) {
    return (
      <div aria-busy="true" className="px-4">
        <span className="sr-only">Loading older messages</span>
        <SkeletonBubble width="w-48" />
      </div>
    );
  }
  return (
    <p className="text-balance px-6 pt-3 text-center text-text-muted text-xs">
      {preview ? 'Earlier messages are shown once you take the conversation' : 'The conversation begins here'}
    </p>
  );
}
