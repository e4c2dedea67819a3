import type { Tag } from '@tims/sdk';
import { Check, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { TagDot } from '../../tags/TagChip.js';
import { tagsOf, useTags } from '../../tags/use-tags.js';
import { Picker, PickerItem } from '../header/Picker.js';
import type { Tagging } from './use-tagging.js';

export interface TagPickerProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  label: string;
  teamId: string;
  /** Ids of those that it has. */
  tags: readonly string[];
  tagging: Tagging;
  /** What it hangs on. */
  children: ReactNode;
}

const colours: readonly Tag['color'][] = [
  'blue',
  'green',
  'amber',
  'red',
  'purple',
  'teal',
  'orange',
  'pink',
  'indigo',
];

/** Puts tags on and takes them off; the list stays open for the next one. */
export function TagPicker({ open, onOpenChange, label, teamId, tags, tagging, children }: TagPickerProps) {
  const { me } = useInbox();
  const all = tagsOf(useTags(), teamId);
  const [search, setSearch] = useState('');
  const typed = search.trim();
  const found = all.filter(({ name }) => name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()));
  const isNew = typed !== '' && !all.some(({ name }) => name.toLocaleLowerCase() === typed.toLocaleLowerCase());
  const scope = me.permissions['tags:write'];
  const mayMake = scope === 'all' || (scope === 'team' && me.teams.some(({ id }) => id === teamId));
  return (
    <Picker
      open={open}
      onOpenChange={(next) => {
        setSearch('');
        onOpenChange(next);
      }}
      label={label}
      placeholder={mayMake ? 'Find or make a tag…' : 'Find a tag…'}
      search={search}
      onSearch={setSearch}
      maxLength={50}
      filter={false}
      empty={mayMake ? 'Type a name to make the first tag.' : 'No tag is called that.'}
      items={
        <>
          {found.map((tag) => {
            const on = tags.includes(tag.id);
            return (
              <PickerItem key={tag.id} value={tag.id} onSelect={() => tagging.toggle(tag.id, !on)}>
                <TagDot color={tag.color} />
                <span className="min-w-0 flex-1 truncate">
                  <bdi>{tag.name}</bdi>
                  {on && <span className="sr-only">, is on it</span>}
                </span>
                {on && <Check aria-hidden="true" className="size-4 shrink-0 text-accent" />}
              </PickerItem>
            );
          })}
          {isNew && mayMake && (
            <PickerItem
              value="make"
              onSelect={() => {
                setSearch('');
                // Everybody's where the role allows that; the team's otherwise.
                tagging.make(typed, colours[all.length % colours.length] ?? 'gray', scope === 'all' ? null : teamId);
              }}
            >
              <Plus aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
              <span className="min-w-0 flex-1 truncate">
                Make the tag <bdi className="font-medium">{typed}</bdi>
              </span>
            </PickerItem>
          )}
        </>
      }
    >
      {children}
    </Picker>
  );
}
