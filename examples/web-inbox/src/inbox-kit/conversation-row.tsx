import type { Conversation } from '@tims/sdk';
import { AlarmClock } from 'lucide-react';
import { memo } from 'react';
import { Avatar } from './avatar.js';
import { channelKindName } from './channel-mark.js';
import { cx } from './class-names.js';
import { lastLine } from './last-line.js';
import { useServerNow } from './server-time.js';
import { TagChip } from './tags/TagChip.js';
import { useTags } from './tags/use-tags.js';
import { DeliveryState } from './thread/bubble/DeliveryState.js';
import { contactName } from './thread/names.js';
import { RelativeTime } from './ui.js';
import { Waiting } from './waiting.js';

/** Every row is as high, so that ten thousand of them can be placed without measuring. */
export const rowHeight = 84;

export interface ConversationRowProps {
  conversation: Conversation;
  /** Who answers it, where it is somebody and where that says something in this list. */
  assignee?: { readonly id: string; readonly name: string } | undefined;
  /** It is the one that is open. */
  selected: boolean;
  /** Keys act on it. */
  cursor: boolean;
  /** It belongs elsewhere by now, and is about to go. */
  gone: boolean;
  /** There are several channels, so that it says something which one it is. */
  showChannel: boolean;
}

const states: ReadonlySet<string> = new Set([
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'unknown',
]);
type State = Parameters<typeof DeliveryState>[0]['state'];
const isState = (state: string | null): state is State => state !== null && states.has(state);

/** One conversation in a list: who, what was said last, who waits for how long, who answers. */
export const ConversationRow = memo(function ConversationRow({
  conversation,
  assignee,
  selected,
  cursor,
  gone,
  showChannel,
}: ConversationRowProps) {
  const { id, contact, channel, lastMessage, unreadCount, waitingSince, lifecycle, tags } = conversation;
  const unread = unreadCount > 0;
  return (
    <div
      className={cx(
        'relative flex h-full gap-3 border-border border-b px-3 py-2.5',
        selected ? 'bg-selected' : 'group-hover:bg-hover',
        gone && 'opacity-50',
        cursor && '-outline-offset-2 outline-accent group-focus-visible/list:outline-2',
      )}
    >
      {cursor && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      <Avatar name={contact.name} id={contact.id ?? id} kind={channel.kind} />
      <div className="flex min-w-0 grow flex-col">
        <div className="flex items-baseline gap-2">
          <span
            dir="auto"
            className={cx('grow truncate text-left text-text', unread ? 'font-semibold' : 'font-medium')}
          >
            {contactName(contact)}
          </span>
          <span className="sr-only">, {channelKindName(channel.kind)},</span>
          <span
            className={cx('shrink-0 text-2xs tabular-nums', unread ? 'font-medium text-accent' : 'text-text-muted')}
          >
            <RelativeTime at={lastMessage?.at ?? conversation.lastActivityAt} />
          </span>
        </div>
        <div
          className={cx('flex items-center gap-1 text-[0.8125rem] leading-5', unread ? 'text-text' : 'text-text-muted')}
        >
          {lastMessage?.direction === 'outbound' &&
            (isState(lastMessage.state) ? <DeliveryState state={lastMessage.state} /> : <span>You: </span>)}
          <span dir="auto" className="grow truncate text-left">
            {lastLine(conversation)}
          </span>
          {unread && (
            <span className="shrink-0 rounded-full bg-accent px-1.5 font-semibold text-2xs text-on-accent leading-4.5 tabular-nums">
              {unreadCount > 99 ? '99+' : unreadCount}
              <span className="sr-only"> unread</span>
            </span>
          )}
        </div>
        <div className="mt-0.5 flex h-5 items-center gap-1.5 text-2xs text-text-muted">
          {gone ? (
            <span>No longer in this list</span>
          ) : (
            <>
              {waitingSince !== null && lifecycle === 'open' && <Waiting since={waitingSince} />}
              {conversation.followUpAt !== null && <ComesBack at={conversation.followUpAt} />}
              {tags.length > 0 ? <Tags ids={tags} /> : showChannel && <span className="truncate">{channel.name}</span>}
            </>
          )}
          {assignee && (
            <span className="ml-auto flex shrink-0" title={`${assignee.name} answers`}>
              <Avatar name={assignee.name} id={assignee.id} size="xs" />
              <span className="sr-only">{assignee.name} answers</span>
            </span>
          )}
        </div>
      </div>
    </div>
  );
});

const shownTags = 2;

/** As many tags as there is room for, and how many more there are. */
function Tags({ ids }: { ids: readonly string[] }) {
  const all = useTags();
  const tags = ids.flatMap((id) => all.get(id) ?? []);
  return (
    <span className="flex min-w-0 items-center gap-1" title={tags.map(({ name }) => name).join(', ')}>
      {tags.slice(0, shownTags).map((tag) => (
        <TagChip key={tag.id} tag={tag} small />
      ))}
      {tags.length > shownTags && <span className="shrink-0">+{tags.length - shownTags}</span>}
    </span>
  );
}

/** It has a follow-up; whether its time has come. */
function ComesBack({ at }: { at: string }) {
  const due = Date.parse(at) <= useServerNow();
  return (
    <span
      className={cx('inline-flex shrink-0', due && 'text-warning')}
      title={due ? 'Follow-up due' : 'Has a follow-up'}
    >
      <AlarmClock aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{due ? 'Follow-up due' : 'Has a follow-up'}</span>
    </span>
  );
}

/** A row before its conversation is there. */
export function RowSkeleton() {
  return (
    <div aria-hidden="true" className="flex gap-3 border-border border-b px-3 py-2.5" style={{ height: rowHeight }}>
      <span className="size-9 shrink-0 animate-shimmer rounded-full bg-hover" />
      <span className="flex grow flex-col gap-2 pt-1">
        <span className="h-3 w-2/5 animate-shimmer rounded bg-hover" />
        <span className="h-3 w-4/5 animate-shimmer rounded bg-hover" />
        <span className="h-2.5 w-1/4 animate-shimmer rounded bg-hover" />
      </span>
    </div>
  );
}
