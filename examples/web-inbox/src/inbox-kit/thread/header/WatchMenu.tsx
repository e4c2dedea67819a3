import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@tims/sdk';
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { errorText } from '../../error-text.js';
import { useFollowingEvents } from '../../follow-events.js';
import { useColleagues, useInbox } from '../../inbox.js';
import { Avatar, toast } from '../../ui.js';
import { Picker, PickerItem } from './Picker.js';

export interface WatchMenuProps {
  conversation: Conversation;
  /** Lets colleagues watch, too. */
  mayAdd: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
  children: ReactNode;
}

/** Who is told when the customer writes: oneself, and colleagues. */
export function WatchMenu({ conversation: { id }, mayAdd, open, onOpenChange, children }: WatchMenuProps) {
  const { tims, me } = useInbox();
  const queries = useQueryClient();
  const colleagues = useColleagues();
  const [search, setSearch] = useState('');
  useFollowingEvents('participants', ['conversation.updated'], id);
  const { data } = useQuery({
    queryKey: ['participants', id],
    queryFn: async () => (await tims.participants.get({ id })).watchers,
    enabled: open,
  });
  const watching = new Set(data?.map(({ userId }) => userId));
  const people = [...colleagues.values()]
    .filter((one) => one.id !== me.id && (mayAdd || watching.has(one.id)))
    .sort((a, b) => Number(watching.has(b.id)) - Number(watching.has(a.id)) || a.name.localeCompare(b.name));

  async function toggle(userId: string): Promise<void> {
    try {
      if (watching.has(userId)) await tims.participants.remove({ id, userId });
      else await tims.participants.add({ id, userId });
    } catch (error) {
      const { title, help } = errorText(error);
      const description = `${title.replace(/\.$/, '')}. ${help}`;
      toast({ title: 'The watchers could not be changed', description, tone: 'danger' });
    }
    await queries.invalidateQueries({ queryKey: ['participants', id] });
  }

  const line = (userId: string, name: string, label: string) => (
    <PickerItem key={userId} value={userId} keywords={[name, label]} onSelect={() => void toggle(userId)}>
      <Avatar size="sm" name={name} id={userId} />
      <span className="min-w-0 flex-1 truncate">
        <bdi>{label}</bdi>
        {watching.has(userId) && <span className="sr-only">, watches</span>}
      </span>
      {watching.has(userId) && <Check aria-hidden="true" className="size-4 shrink-0 text-accent" />}
    </PickerItem>
  );

  return (
    <Picker
      open={open}
      onOpenChange={(next) => {
        setSearch('');
        onOpenChange(next);
      }}
      label="Who is told when the customer writes?"
      placeholder="Who is told when the customer writes?"
      search={search}
      onSearch={setSearch}
      empty="Nobody here is called that."
      items={
        <>
          {line(me.id, me.name, watching.has(me.id) ? 'You watch this' : 'Watch this yourself')}
          {people.map(({ id: userId, name }) => line(userId, name, name))}
        </>
      }
    >
      {children}
    </Picker>
  );
}
