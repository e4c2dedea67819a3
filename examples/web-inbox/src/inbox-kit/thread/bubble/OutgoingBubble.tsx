import type { Message, Outgoing } from '@tims/sdk';
import { Pencil, RotateCw, SendHorizontal, Trash2, UsersRound } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Button } from '../../ui.js';
import type { Row } from '../list/rows.js';
import { BubbleFoot, BubbleFrame, roomForFoot } from './BubbleFrame.js';
import { DeliveryState } from './DeliveryState.js';
import { LongText } from './LongText.js';
import { Quote } from './Quote.js';
import { summaryOf } from './summary.js';

export interface OutgoingBubbleProps {
  row: Row;
  outgoing: Outgoing;
  quoted?: { readonly message: Message; readonly author: string } | undefined;
  /** The server can be reached. */
  online: boolean;
  active: boolean;
  /** What colleagues answered since it was written, where it was refused for that. */
  answers?: readonly { readonly message: Message; readonly author: string }[] | undefined;
  onRetry(key: string): void;
  /** Sends it although somebody else has answered. */
  onForce(key: string): void;
  /** Takes it back, to be written anew. */
  onEdit(key: string): void;
  onDiscard(key: string): void;
  onJump(messageId: string): void;
}

/** What is on its way to the server, or came back. */
export const OutgoingBubble = memo(function OutgoingBubble(props: OutgoingBubbleProps) {
  const { row, outgoing, quoted, online, onJump } = props;
  const refused = outgoing.state === 'refused';
  const word = refused ? 'Not sent' : online ? 'Sending' : 'Waiting';
  const tail = roomForFoot(outgoing.text, word, 1);
  return (
    <BubbleFrame
      side="outbound"
      first={row.first}
      last={row.last}
      tone={refused ? 'failed' : 'waiting'}
      notice={noticeOf(props)}
    >
      <span className="sr-only">You: </span>
      {outgoing.replyTo !== undefined && (
        <Quote quoted={quoted} messageId={outgoing.replyTo} active={props.active} onJump={onJump} />
      )}
      <LongText text={outgoing.text} tail={tail} />
      <BubbleFoot onLastLine={tail !== undefined}>
        <span>{word}</span>
        <DeliveryState state={refused ? 'failed' : outgoing.state === 'queued' ? 'queued' : 'sending'} />
      </BubbleFoot>
    </BubbleFrame>
  );
});

function noticeOf(props: OutgoingBubbleProps) {
  const { outgoing, online, active, onRetry, onEdit, onDiscard } = props;
  const { state, error, key } = outgoing;
  if (state === 'refused' && error?.code === 'conversation_answered') return <Collision {...props} />;
  if (state === 'refused') {
    return (
      <div className="space-y-1.5">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-medium text-danger">Not sent.</span> {error?.message} {error?.help}
        </p>
        <Tools>
          <Button size="sm" onClick={() => onRetry(key)}>
            <RotateCw aria-hidden="true" className="size-3.5" /> Retry
          </Button>
          <Button size="sm" onClick={() => onEdit(key)}>
            <Pencil aria-hidden="true" className="size-3.5" /> Edit
          </Button>
          <Button size="sm" onClick={() => onDiscard(key)}>
            <Trash2 aria-hidden="true" className="size-3.5" /> Discard
          </Button>
        </Tools>
      </div>
    );
  }
  if (state !== 'queued') return undefined;
  if (error)
    return (
      <p className="[overflow-wrap:anywhere]">
        Not sent yet: {error.message.replace(/\.$/, '')}. It is tried again by itself.
      </p>
    );
  if (online) return undefined;
  return (
    <Tools>
      <span>Will be sent when you are back online.</span>
      <button
        type="button"
        tabIndex={active ? 0 : -1}
        className="rounded font-medium text-accent hover:underline"
        onClick={() => onEdit(key)}
      >
        Take it back
      </button>
    </Tools>
  );
}

/** Somebody was faster: what they said, and whether this still needs saying. */
function Collision({ outgoing: { key }, answers = [], onForce, onEdit, onDiscard }: OutgoingBubbleProps) {
  const [last] = answers.slice(-1);
  return (
    <div
      role="alert"
      className="space-y-1.5 rounded-xl border border-warning/50 bg-warning-soft p-2.5 text-start text-text"
    >
      <p className="flex items-center gap-1.5 font-medium">
        <UsersRound aria-hidden="true" className="size-3.5 shrink-0 text-warning" />
        <span>
          Not sent: <bdi>{last?.author ?? 'Somebody else'}</bdi> answered while you wrote.
        </span>
      </p>
      {answers.slice(-mostAnswers).map(({ message, author }) => (
        <blockquote key={message.id} className="border-warning border-s-2 ps-2">
          <bdi className="font-medium">{author}</bdi>: <span dir="auto">{summaryOf(message)}</span>
        </blockquote>
      ))}
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" onClick={() => onForce(key)}>
          <SendHorizontal aria-hidden="true" className="size-3.5" /> Send anyway
        </Button>
        <Button size="sm" onClick={() => onEdit(key)}>
          <Pencil aria-hidden="true" className="size-3.5" /> Edit
        </Button>
        <Button size="sm" onClick={() => onDiscard(key)}>
          <Trash2 aria-hidden="true" className="size-3.5" /> Discard
        </Button>
      </div>
    </div>
  );
}

const mostAnswers = 3;

function Tools({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-end gap-1.5">{children}</div>;
}
