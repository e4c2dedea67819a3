import type { Message } from '@tims/sdk';
import { summaryOf } from './summary.js';

export interface QuoteProps {
  quoted: { readonly message: Message; readonly author: string } | undefined;
  /** Null where TIMS never had the message that is quoted. */
  messageId: string | null;
  /** The arrow keys stand on the message that quotes it. */
  active: boolean;
  onJump(messageId: string): void;
}

/** The message that is answered, in a line that leads there. */
export function Quote({ quoted, messageId, active, onJump }: QuoteProps) {
  const frame =
    'mb-1.5 block w-full rounded-lg border-accent border-s-3 bg-surface/50 px-2 py-1 text-start text-xs leading-4.5';
  if (messageId === null) {
    return <p className={`${frame} italic opacity-80`}>Answers a message from before this conversation</p>;
  }
  return (
    <button
      type="button"
      tabIndex={active ? 0 : -1}
      className={`${frame} transition-colors hover:bg-surface`}
      onClick={() => onJump(messageId)}
    >
      <span className="sr-only">In reply to, go there: </span>
      <span className="block truncate font-semibold">
        <bdi>{quoted?.author ?? 'Earlier message'}</bdi>
      </span>
      <span dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
        {quoted ? summaryOf(quoted.message) : 'Show it'}
      </span>
    </button>
  );
}
