import type { Conversation } from '@tims/sdk';
import { Archive, Eraser, Eye, Lock, Merge, RotateCcw, TimerOff, UsersRound } from 'lucide-react';
import { useConversationsOf } from '../../contact/use-conversations-of.js';
import { useCloseReasons, useTeams } from '../../inbox.js';
import { Button, ChannelMark, channelKindName, RelativeTime } from '../../ui.js';
import { reasonLabel } from '../close-reasons.js';
import { Notice } from './Notice.js';

/** A queued conversation that the user sees the end of. */
export function PreviewNotice({ take, busy }: { take: (() => void) | undefined; busy: boolean }) {
  return (
    <Notice
      icon={Eye}
      title="Take it to read everything and answer"
      actions={
        take && (
          <Button variant="primary" busy={busy} shortcut="t" onClick={take}>
            Take
          </Button>
        )
      }
    >
      {take
        ? 'It waits in the queue. You see the last messages until you take it.'
        : 'It waits in the queue of a team that you are not in.'}
    </Notice>
  );
}

export function ErasedNotice() {
  return (
    <Notice icon={Eraser} title="The person was erased">
      Nothing is sent into this conversation or added to it any more. If they write again, they are somebody new.
    </Notice>
  );
}

export interface ClosedNoticeProps {
  conversation: Conversation;
  reopen: (() => void) | undefined;
  busy: boolean;
}

export function ClosedNotice({ conversation, reopen, busy }: ClosedNoticeProps) {
  const { closeReason, closedAt } = conversation;
  const reasons = useCloseReasons();
  return (
    <Notice
      icon={Archive}
      title={
        <>
          Closed
          {closeReason !== null && (
            <>
              : <bdi>{reasonLabel(reasons, closeReason)}</bdi>
            </>
          )}
          {closedAt !== null && (
            <span className="font-normal text-text-muted text-xs">
              {' · '}
              <RelativeTime at={closedAt} />
            </span>
          )}
        </>
      }
      actions={
        reopen && (
          <Button busy={busy} shortcut="o" onClick={reopen}>
            <RotateCcw aria-hidden="true" className="size-4" />
            Reopen
          </Button>
        )
      }
    >
      {reopen
        ? 'Reopen it to write, or wait: it comes back by itself when the customer writes again soon.'
        : 'It comes back by itself when the customer writes again soon. Your role does not reopen conversations.'}
    </Notice>
  );
}

/** What was said here stands in another conversation. */
export function MergedNotice({ open }: { open: (() => void) | undefined }) {
  return (
    <Notice
      icon={Merge}
      title="This conversation is part of another one"
      actions={
        open && (
          <Button variant="primary" onClick={open}>
            Open that one
          </Button>
        )
      }
    >
      What was said here stands there, and what comes in comes there.
    </Notice>
  );
}

/** The role reads here, and does not write. */
export function RoleNotice({ conversation, holder }: { conversation: Conversation; holder: string | undefined }) {
  const team = useTeams().get(conversation.teamId)?.name;
  return (
    <Notice icon={Lock} title={holder === undefined ? 'You can read this, not answer it' : `${holder} answers here`}>
      {`Your role answers in your own teams. Ask somebody of ${team ?? 'the conversation’s team'} to answer, or to give it to you.`}
    </Notice>
  );
}

export interface OthersNoticeProps {
  holder: string;
  assignToMe: (() => void) | undefined;
  replyAnyway(): void;
  busy: boolean;
}

/** Somebody else has it: an answer from here could meet theirs. */
export function OthersNotice({ holder, assignToMe, replyAnyway, busy }: OthersNoticeProps) {
  return (
    <Notice
      icon={UsersRound}
      title={
        <>
          <bdi>{holder}</bdi> has this conversation
        </>
      }
      actions={
        <>
          {assignToMe && (
            <Button busy={busy} onClick={assignToMe}>
              Assign to me
            </Button>
          )}
          <Button variant="ghost" shortcut="r" onClick={replyAnyway}>
            Reply anyway
          </Button>
        </>
      }
    >
      If you answer too, the customer hears two people. It stays with them unless you take it over.
    </Notice>
  );
}

export interface WindowNoticeProps {
  conversation: Conversation;
  /** What the channel says. */
  reason: string | null;
  onOpenConversation?: ((id: string) => void) | undefined;
  /** Shows the profile, where the other conversations stand. */
  showProfile?: (() => void) | undefined;
}

/** The channel takes no answer now: why, and the ways that are left. */
export function WindowNotice({ conversation, reason, onOpenConversation, showProfile }: WindowNoticeProps) {
  const others = useOthersOf(conversation);
  const { kind } = conversation.channel;
  return (
    <Notice
      icon={TimerOff}
      title="You cannot answer now"
      actions={
        others.length > 0 &&
        !onOpenConversation &&
        showProfile && <Button onClick={showProfile}>Other conversations</Button>
      }
    >
      <p>{reason ?? `${channelKindName(kind)} does not let a message be sent at this time.`}</p>
      <p>Wait until the customer writes: you can answer again at once. Only an approved template can open it before.</p>
      {others.length > 0 && onOpenConversation && (
        <div className="mt-1.5">
          <p className="font-medium text-text">Or reach them where they wrote elsewhere:</p>
          <ul className="mt-1 flex flex-wrap gap-1.5">
            {others.map((other) => (
              <li key={other.id}>
                <Button size="sm" onClick={() => onOpenConversation(other.id)}>
                  <ChannelMark kind={other.channel.kind} decorative />
                  <bdi className="max-w-40 truncate">{other.channel.name}</bdi>
                  <RelativeTime at={other.lastActivityAt} className="text-text-muted" />
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Notice>
  );
}

/** Open conversations of the same person over other channels: a window may stand open there. */
function useOthersOf({ id, contact, channel }: Conversation): Conversation[] {
  const { data } = useConversationsOf(contact.id);
  return (data ?? []).filter((one) => one.id !== id && one.channel.id !== channel.id && isLive(one));
}

const isLive = ({ lifecycle }: Conversation) => lifecycle === 'open' || lifecycle === 'pending';
