import type { Message } from '@tims/sdk';
import { X } from 'lucide-react';
import { summaryOf } from '../bubble/summary.js';

export interface ReplyChipProps {
  quoted: { readonly message: Message; readonly author: string } | undefined;
  onRemove(): void;
}

/** The message that the next answer quotes. */
export function ReplyChip({ quoted, onRemove }: ReplyChipProps) {
  return (
    <div className="m-1.5 mb-0 flex items-center gap-2 rounded-xl bg-hover py-1 ps-2.5 pe-1">
      <div className="min-w-0 flex-1 border-accent border-s-3 ps-2 text-xs leading-4.5">
        <p className="truncate">
          Reply to <bdi className="font-semibold">{quoted?.author ?? 'an earlier message'}</bdi>
        </p>
        {quoted && (
          <p dir="auto" className="truncate text-text-muted">
            {summaryOf(quoted.message)}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label="Do not quote this message"
        title="Do not quote this message (Esc)"
        onClick={onRemove}
        className="flex size-8 shrink-0 items-center justify-center rounded-lg text-text-muted hover:bg-surface hover:text-text"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
