import type { Conversation, FollowUp } from '@tims/sdk';
import { AlarmClock, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useInbox } from '../../inbox.js';
import { TagChip } from '../../tags/TagChip.js';
import { useTags } from '../../tags/use-tags.js';
import { Button, cx, useServerNow } from '../../ui.js';
import type { Abilities } from '../abilities.js';
import { FollowUpMenu } from '../follow-ups/FollowUpMenu.js';
import { dueLabel, wallTime, zoneOf } from '../follow-ups/times.js';
import { useFollowUps } from '../follow-ups/use-follow-ups.js';
import { TagPicker } from '../tags/TagPicker.js';
import { useTagging } from '../tags/use-tagging.js';
import type { Menu } from './menu.js';

export interface StripProps {
  conversation: Conversation;
  followUps: readonly FollowUp[];
  abilities: Abilities;
  menu: Menu | undefined;
  onMenu(menu: Menu | undefined): void;
}

/** Under the header: the conversation's tags, and when it comes back. */
export function Strip({ conversation, followUps, abilities, menu, onMenu }: StripProps) {
  const all = useTags();
  const tagging = useTagging(conversation);
  const tags = conversation.tags.flatMap((id) => all.get(id) ?? []);
  const opens = (which: Menu) => (open: boolean) => onMenu(open ? which : undefined);
  if (!abilities.tag && !abilities.followUp && tags.length === 0) return null;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-1.5 border-border border-b px-3 py-1">
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} onRemove={abilities.tag ? () => tagging.toggle(tag.id, false) : undefined} />
      ))}
      {abilities.tag && (
        <TagPicker
          open={menu === 'tag'}
          onOpenChange={opens('tag')}
          label="Tags of the conversation"
          teamId={conversation.teamId}
          tags={conversation.tags}
          tagging={tagging}
        >
          <Popover.Trigger
            title="Tag (L)"
            className="inline-flex h-6 items-center gap-1 rounded-full px-1.5 font-medium text-2xs text-text-muted hover:bg-hover hover:text-text pointer-coarse:h-9"
          >
            <Plus aria-hidden="true" className="size-3" />
            Tag
          </Popover.Trigger>
        </TagPicker>
      )}
      {abilities.followUp && (
        <FollowUps
          conversation={conversation}
          followUps={followUps}
          mayPend={abilities.pend}
          open={menu === 'followUp'}
          onOpenChange={opens('followUp')}
        />
      )}
    </div>
  );
}

interface FollowUpsProps {
  conversation: Conversation;
  followUps: readonly FollowUp[];
  mayPend: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
}

function FollowUps({ conversation, followUps, mayPend, open, onOpenChange }: FollowUpsProps) {
  const { me } = useInbox();
  const { change } = useFollowUps(conversation.id);
  const zone = zoneOf(me);
  const now = useServerNow();
  const [first] = followUps;
  const due = first?.due === true || (first !== undefined && Date.parse(first.dueAt) <= now);
  return (
    <div className={cx('ms-auto flex min-w-0 items-center gap-1', due && 'rounded-full bg-warning-soft ps-1')}>
      <FollowUpMenu
        conversation={conversation}
        followUps={followUps}
        mayPend={mayPend}
        open={open}
        onOpenChange={onOpenChange}
      >
        <Popover.Trigger
          title={first?.text ?? 'Remind me (H)'}
          className={cx(
            'inline-flex h-6 min-w-0 items-center gap-1 rounded-full px-1.5 font-medium text-2xs pointer-coarse:h-9',
            due ? 'text-warning' : 'text-text-muted hover:bg-hover hover:text-text',
          )}
        >
          <AlarmClock aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">
            {first === undefined
              ? 'Remind me'
              : `${due ? 'Follow-up due' : 'Comes back'} ${dueLabel(wallTime(Date.parse(first.dueAt), zone), wallTime(now, zone))}`}
            {first?.text != null && <bdi className="@max-md:hidden">: {first.text}</bdi>}
          </span>
          {followUps.length > 1 && <span className="shrink-0">+{followUps.length - 1}</span>}
        </Popover.Trigger>
      </FollowUpMenu>
      {due && first && (
        <Button size="sm" className="h-6! rounded-full!" onClick={() => void change(first.id, { done: true })}>
          Done
        </Button>
      )}
    </div>
  );
}
