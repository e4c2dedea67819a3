import type { Message } from '@tims/sdk';
import { Ban, Reply, RotateCw } from 'lucide-react';
import { memo } from 'react';
import { Button, cx } from '../../ui.js';
import { clockTime, fullTime } from '../dates.js';
import type { Row } from '../list/rows.js';
import { BubbleFoot, BubbleFrame, roomForFoot } from './BubbleFrame.js';
import { Content } from './Content.js';
import { DeliveryState } from './DeliveryState.js';
import { explain } from './failures.js';
import { MessageTags, TagTool } from './MessageTags.js';
import { Quote } from './Quote.js';
import { Reactions } from './Reactions.js';
import { Undo } from './Undo.js';

export interface MessageBubbleProps {
  row: Row;
  message: Message;
  /** Who says it, as the reader knows them. */
  author: string;
  /** The message that it quotes, where that is loaded, and whose it is. */
  quoted?: { readonly message: Message; readonly author: string } | undefined;
  /** The arrow keys stand on it: its buttons are next. */
  active: boolean;
  onReply?: ((message: Message) => void) | undefined;
  onRetry?: ((message: Message) => void) | undefined;
  onJump(messageId: string): void;
  /** Takes it back while it waits to be sent; only for whoever wrote it. */
  onUndo?: ((message: Message) => Promise<void>) | undefined;
  /** The team whose tags it can have; undefined for who may not tag. */
  tagsOfTeam?: string | undefined;
}

const origins: Readonly<Record<string, string>> = {
  echo: 'Written outside TIMS',
  history: 'Imported',
  standby: 'While another app was answering',
};

/** One message. */
export const MessageBubble = memo(function MessageBubble(props: MessageBubbleProps) {
  const { row, message, author, quoted, active, onReply, onRetry, onJump, onUndo, tagsOfTeam } = props;
  const { direction, state, replyTo, revokedAt, editedAt, displayAt, reactions } = message;
  const origin = origins[message.origin];
  const out = direction === 'outbound';
  const shown = clockTime(displayAt);
  const edited = editedAt !== null && revokedAt === null;
  const tail =
    message.content.type === 'text' && revokedAt === null
      ? roomForFoot(message.content.text, edited ? `edited ${shown}` : shown, out ? 1 : 0)
      : undefined;
  const named = row.first && (origin !== undefined || (out && author !== 'You'));
  return (
    <BubbleFrame
      side={direction}
      first={row.first}
      last={row.last}
      tone={state === 'failed' ? 'failed' : 'plain'}
      heading={
        named ? (
          <>
            <bdi>{author}</bdi>
            {origin !== undefined && <span>· {origin}</span>}
          </>
        ) : undefined
      }
      tools={
        revokedAt === null && (
          <span className="flex shrink-0">
            {onReply && <ReplyButton active={active} onClick={() => onReply(message)} />}
            {tagsOfTeam !== undefined && <TagTool message={message} teamId={tagsOfTeam} active={active} />}
          </span>
        )
      }
      below={
        <>
          {reactions.length > 0 && <Reactions reactions={reactions} side={direction} />}
          {message.tags.length > 0 && (
            <MessageTags message={message} mayTag={tagsOfTeam !== undefined} active={active} />
          )}
        </>
      }
      notice={noticeOf(message, row.resent, onRetry, onUndo)}
    >
      {!named && <span className="sr-only">{author}: </span>}
      {replyTo !== null && revokedAt === null && (
        <Quote quoted={quoted} messageId={replyTo.messageId} active={active} onJump={onJump} />
      )}
      {revokedAt === null ? <Content content={message.content} tail={tail} /> : <Revoked out={out} />}
      <BubbleFoot onLastLine={tail !== undefined}>
        {edited && <span title={`Edited ${fullTime(editedAt)}`}>edited</span>}
        <time dateTime={displayAt} title={fullTime(displayAt)}>
          {shown}
        </time>
        {out && state !== null && <DeliveryState state={state} at={message.readAt ?? message.deliveredAt} />}
      </BubbleFoot>
    </BubbleFrame>
  );
});

function ReplyButton({ active, onClick }: { active: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label="Reply to this message"
      title="Reply to this message"
      tabIndex={active ? 0 : -1}
      onClick={onClick}
      className={cx(
        'flex size-7 shrink-0 items-center justify-center rounded-full text-text-muted transition-opacity duration-100',
        'hover:bg-hover hover:text-text focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-60',
        active ? 'opacity-100' : 'opacity-0',
      )}
    >
      <Reply aria-hidden="true" className="size-4" />
    </button>
  );
}

function Revoked({ out }: { out: boolean }) {
  return (
    <p className="flex items-center gap-1.5 italic opacity-80">
      <Ban aria-hidden="true" className="size-3.5" />
      {out ? 'This message was deleted' : 'The customer deleted this message'}
    </p>
  );
}

function noticeOf(
  message: Message,
  resent: boolean,
  onRetry: MessageBubbleProps['onRetry'],
  onUndo: MessageBubbleProps['onUndo'],
) {
  const { state, error, content } = message;
  if (onUndo && state === 'queued' && message.withdrawableUntil !== null) {
    return <Undo until={message.withdrawableUntil} onUndo={() => onUndo(message)} />;
  }
  if (state === 'unknown') {
    return 'We cannot tell whether it arrived; it is never sent twice by itself. Ask the customer, or wait: the channel may still say.';
  }
  if (state !== 'failed') return undefined;
  const retry = error?.retryable !== false && !resent && content.type === 'text' ? onRetry : undefined;
  return (
    <div className="space-y-1">
      <p>
        <span className="font-medium text-danger">Not delivered.</span>{' '}
        {error ? explain(error) : 'The channel did not say why.'}
      </p>
      {error && (
        <p className="[overflow-wrap:anywhere]">
          The channel says: <bdi>{error.text}</bdi> ({error.code})
        </p>
      )}
      {resent && <p>It was sent again below.</p>}
      {retry && (
        <Button size="sm" onClick={() => retry(message)}>
          <RotateCw aria-hidden="true" className="size-3.5" /> Retry
        </Button>
      )}
    </div>
  );
}
