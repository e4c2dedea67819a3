import type { Conversation } from '@tims/sdk';
import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Avatar } from '../../ui.js';
import { Picker, PickerItem } from '../header/Picker.js';

export interface FeedbackChoiceProps {
  conversation: Conversation;
  /** Whose work the note is about; undefined for a note of the team. */
  aboutUserId: string | undefined;
  onChange(userId: string | undefined): void;
}

/** Whether what is written is for the whole team, or feedback for one of them. */
export function FeedbackChoice({ conversation, aboutUserId, onChange }: FeedbackChoiceProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const { assigneeId, teamId } = conversation;
  const rank = ({ id, teams }: { id: string; teams: readonly { id: string }[] }) =>
    id === assigneeId ? 0 : teams.some((team) => team.id === teamId) ? 1 : 2;
  const people = [...colleagues.values()]
    .filter(({ id }) => id !== me.id)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const choose = (userId: string | undefined) => {
    setOpen(false);
    setSearch('');
    onChange(userId);
  };
  return (
    <Picker
      open={open}
      onOpenChange={setOpen}
      label="Who reads it?"
      placeholder="Feedback for…"
      search={search}
      onSearch={setSearch}
      empty="Nobody here is called that."
      items={
        <>
          {aboutUserId !== undefined && (
            <PickerItem value="team" keywords={['note', 'team']} onSelect={() => choose(undefined)}>
              A note for the whole team
            </PickerItem>
          )}
          {people.map((one) => (
            <PickerItem key={one.id} value={one.id} keywords={[one.name]} onSelect={() => choose(one.id)}>
              <Avatar size="sm" name={one.name} id={one.id} />
              <span className="min-w-0 flex-1 truncate">
                <bdi>{one.name}</bdi>
              </span>
              {one.id === assigneeId && <span className="shrink-0 text-2xs text-text-muted">Answers here</span>}
            </PickerItem>
          ))}
        </>
      }
    >
      <Popover.Trigger className="ms-auto inline-flex h-6 items-center gap-1 rounded-md px-1.5 font-medium hover:bg-surface pointer-coarse:h-9">
        {aboutUserId === undefined ? 'Make it feedback' : 'Change'}
        <ChevronDown aria-hidden="true" className="size-3" />
      </Popover.Trigger>
    </Picker>
  );
}
