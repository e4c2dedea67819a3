import { Hash, Inbox, Tag as TagIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { useCloseReasons, useTeams } from '../../inbox-kit/inbox.js';
import { Picker, PickerItem } from '../../inbox-kit/thread/header/Picker.js';
import { useAppInbox } from '../app-inbox.js';
import { useTagList } from '../filters/use-dimensions.js';
import { dotOf, presenceNames, usePresentColleagues } from '../presence/use-presence.js';
import { type Act, offersFor, type Step } from './acts.js';

export interface BulkMenuProps {
  open: 'all' | Step | undefined;
  onOpen(open: BulkMenuProps['open']): void;
  onAct(act: Act): void;
  /** What it hangs on. */
  children: ReactNode;
}

const placeholders: Readonly<Record<'all' | Step, string>> = {
  all: 'Do what with them?',
  assign: 'A person, or the queue…',
  transfer: 'Which team?',
  tag: 'Which tag?',
  untag: 'Which tag?',
  close: 'Why are they closed?',
};

/** What can be done with all that are selected, and with whom or what. */
export function BulkMenu({ open, onOpen, onAct, children }: BulkMenuProps) {
  const [search, setSearch] = useState('');
  const go = (to: BulkMenuProps['open']) => {
    setSearch('');
    onOpen(to);
  };
  const act = (chosen: Act) => {
    go(undefined);
    onAct(chosen);
  };
  return (
    <Picker
      key={open ?? 'all'}
      open={open !== undefined}
      onOpenChange={(next) => go(next ? 'all' : undefined)}
      align="start"
      label="Do with those selected"
      placeholder={placeholders[open ?? 'all']}
      search={search}
      onSearch={setSearch}
      empty="Nothing here is called that."
      items={
        open === 'assign' ? (
          <People onAct={act} />
        ) : open === 'transfer' ? (
          <Teams onAct={act} />
        ) : open === 'tag' || open === 'untag' ? (
          <Tags onChoose={(tagId) => act({ act: open, tagId })} />
        ) : open === 'close' ? (
          <Reasons onAct={act} />
        ) : (
          <Offers onGo={go} onAct={act} />
        )
      }
    >
      {children}
    </Picker>
  );
}

function Offers({ onGo, onAct }: { onGo(step: Step): void; onAct(act: Act): void }) {
  const { me } = useAppInbox();
  return offersFor(me).map(({ title, next }) => (
    <PickerItem key={title} value={title} onSelect={() => (typeof next === 'string' ? onGo(next) : onAct(next))}>
      {title}
    </PickerItem>
  ));
}

function People({ onAct }: { onAct(act: Act): void }) {
  const { me } = useAppInbox();
  const people = usePresentColleagues();
  const own = people.filter(({ id }) => id === me.id);
  return (
    <>
      {[...own, ...people.filter(({ id }) => id !== me.id)].map(({ id, name, state }) => (
        <PickerItem
          key={id}
          value={id}
          keywords={[name, ...(id === me.id ? ['me', 'myself'] : [])]}
          onSelect={() => onAct({ act: 'assign', assigneeId: id })}
        >
          <Avatar size="sm" name={name} id={id} online={dotOf(state)} />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {id === me.id ? `${name} (you)` : name}
          </span>
          <span className="shrink-0 text-2xs text-text-muted">{presenceNames[state]}</span>
        </PickerItem>
      ))}
      <PickerItem
        value="queue"
        keywords={['nobody', 'unassign']}
        onSelect={() => onAct({ act: 'assign', assigneeId: null })}
      >
        <Inbox aria-hidden="true" className="size-4 text-text-muted" />
        Back to the queue
      </PickerItem>
    </>
  );
}

function Teams({ onAct }: { onAct(act: Act): void }) {
  return [...useTeams().values()].map(({ id, name }) => (
    <PickerItem key={id} value={id} keywords={[name]} onSelect={() => onAct({ act: 'assign', teamId: id })}>
      <Hash aria-hidden="true" className="size-4 text-text-muted" />
      {name}
    </PickerItem>
  ));
}

function Tags({ onChoose }: { onChoose(tagId: string): void }) {
  return useTagList().map(({ id, name }) => (
    <PickerItem key={id} value={id} keywords={[name]} onSelect={() => onChoose(id)}>
      <TagIcon aria-hidden="true" className="size-4 text-text-muted" />
      <bdi>{name}</bdi>
    </PickerItem>
  ));
}

/** Those of every team: where a conversation's own team lacks the reason, the server says so. */
function Reasons({ onAct }: { onAct(act: Act): void }) {
  const teams = useTeams();
  return useCloseReasons().map(({ id, key, name, teamId }) => (
    <PickerItem key={id} value={id} keywords={[name]} onSelect={() => onAct({ act: 'close', reason: key })}>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {teamId !== null && <span className="shrink-0 text-2xs text-text-muted">{teams.get(teamId)?.name}</span>}
    </PickerItem>
  ));
}
