import type { Conversation } from '@tims/sdk';
import { Command } from 'cmdk';
import { Hash, MessageCircle, Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useMemo, useState } from 'react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { ChannelMark } from '../../inbox-kit/channel-mark.js';
import { useCommandList } from '../../inbox-kit/commands.js';
import { useColleagues, useInbox } from '../../inbox-kit/inbox.js';
import { keyGroups, keysOf, keyTable } from '../../inbox-kit/keys.js';
import { lastLine } from '../../inbox-kit/last-line.js';
import { contactName } from '../../inbox-kit/thread/names.js';
import { Kbd } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { useCounts } from '../counts.js';
import { runCommand } from '../keyboard/use-shortcuts.js';
import type { Place } from '../places.js';
import { currentRoute, navigate } from '../router.js';
import { home } from '../routes.js';
import { useVisibleTeams } from '../teams.js';

/** Of no use where one has to type to find them. */
const hidden = new Set([
  'app.palette',
  'list.next',
  'list.previous',
  'list.open',
  'list.select-next',
  'list.select-previous',
]);
const mostConversations = 200;

/** Everything that can be done, and everywhere one can go. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45 backdrop-blur-[2px]" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="-translate-x-1/2 fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl animate-rise overflow-hidden rounded-2xl border border-border bg-surface-raised shadow-raised outline-none"
        >
          <Radix.Title className="sr-only">Find anything</Radix.Title>
          <Command loop label="Find anything">
            <Command.Input
              value={text}
              onValueChange={setText}
              maxLength={500}
              placeholder="Type a command, a name, a team …"
              className="h-13 w-full border-border border-b bg-transparent px-5 text-base outline-none"
            />
            <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-2">
              <Entries onClose={onClose} />
              {text.trim() !== '' && <SearchItem text={text.trim()} onClose={onClose} />}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entries({ onClose }: { onClose: () => void }) {
  const { me } = useAppInbox();
  const commands = useCommandList()
    .filter(({ id }) => !hidden.has(id))
    .sort((a, b) => rank(a) - rank(b));
  const teams = useVisibleTeams();
  const channels = useCounts()?.channels ?? [];
  const colleagues = [...useColleagues().values()];
  const conversations = useLoadedConversations();
  const seesOthers = ['all', 'team'].includes(me.permissions['conversations:read'] ?? '');

  /** What it does may put the focus somewhere: the palette is gone by then. */
  function then(work: () => void): () => void {
    return () => {
      onClose();
      setTimeout(work);
    };
  }
  const go = (place: Place) => then(() => navigate({ place, narrowing: {} }));
  const groups = [...new Set([...keyGroups, ...commands.map(({ group }) => group)])].filter((group) =>
    commands.some((command) => command.group === group),
  );

  return (
    <>
      {groups.map((group) => (
        <Group key={group} heading={group}>
          {commands
            .filter((command) => command.group === group)
            .map(({ id, title, keys, disabled }) => (
              <Item
                key={id}
                value={`${group} ${title} ${id}`}
                onSelect={then(() => void runCommand(id))}
                title={group === 'Go to' ? `Go to ${title}` : title}
                note={disabled}
                end={<Caps keys={keysOf(id)[0] ?? keys} />}
              />
            ))}
        </Group>
      ))}
      <Group heading="Teams">
        {teams.map(({ id, key, name }) => (
          <Item
            key={id}
            value={`team ${name} ${key}`}
            onSelect={go({ kind: 'team', key })}
            title={name}
            icon={<Hash className="size-4" />}
          />
        ))}
      </Group>
      <Group heading="Channels">
        {channels.map(({ id, name, kind }) => (
          <Item
            key={id}
            value={`channel ${name} ${kind} ${id}`}
            onSelect={go({ kind: 'channel', id })}
            title={name}
            icon={<ChannelMark kind={kind} decorative />}
          />
        ))}
      </Group>
      {seesOthers && (
        <Group heading="Colleagues">
          {colleagues.map(({ id, name, online }) => (
            <Item
              key={id}
              value={`colleague ${name} ${id}`}
              onSelect={then(() => navigate({ place: { kind: 'group', group: 'all' }, narrowing: { assigneeId: id } }))}
              title={`What ${id === me.id ? 'you have' : `${name} has`} open`}
              icon={<Avatar name={name} id={id} size="xs" online={online} />}
            />
          ))}
        </Group>
      )}
      <Group heading="Conversations">
        {conversations.map((conversation) => (
          <Item
            key={conversation.id}
            value={`${contactName(conversation.contact)} ${conversation.id}`}
            onSelect={then(() => open(conversation))}
            title={contactName(conversation.contact)}
            note={lastLine(conversation)}
            icon={<MessageCircle className="size-4" />}
            end={<ChannelMark kind={conversation.channel.kind} />}
          />
        ))}
      </Group>
    </>
  );
}

/** Whatever is typed can be looked for: in what was said, of whom, and in notes. */
function SearchItem({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <Command.Item
      forceMount
      value={`search everywhere for ${text}`}
      onSelect={() => {
        onClose();
        setTimeout(() => navigate({ place: { kind: 'search' }, narrowing: {}, question: { text } }));
      }}
      className={itemClass}
    >
      <span aria-hidden="true" className="flex w-5 justify-center text-text-muted">
        <Search className="size-4" />
      </span>
      <span dir="auto" className="min-w-0 grow truncate">
        Search everywhere for “{text}”
      </span>
    </Command.Item>
  );
}

function open({ id }: Conversation): void {
  navigate({ ...(currentRoute() ?? home), conversationId: id, messageId: undefined });
}

/** As in the key table; what is not in it comes last. */
function rank({ id }: { id: string }): number {
  const place = keyTable.findIndex((entry) => entry.id === id);
  return place < 0 ? keyTable.length : place;
}

/** Those that some list has loaded, once each. */
function useLoadedConversations(): readonly Conversation[] {
  const { store } = useInbox();
  const { lists } = store.getSnapshot();
  return useMemo(() => {
    const all = new Map<string, Conversation>();
    for (const { conversations } of lists.values()) for (const one of conversations) all.set(one.id, one);
    return [...all.values()].sort((a, b) => (a.lastActivityAt < b.lastActivityAt ? 1 : -1)).slice(0, mostConversations);
  }, [lists]);
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-text-muted"
    >
      {children}
    </Command.Group>
  );
}

const itemClass = 'flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 data-[selected=true]:bg-selected';

interface ItemProps {
  value: string;
  onSelect(): void;
  title: string;
  note?: string | undefined;
  icon?: ReactNode;
  end?: ReactNode;
}

function Item({ value, onSelect, title, note, icon, end }: ItemProps) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={itemClass}>
      {icon !== undefined && (
        <span aria-hidden="true" className="flex w-5 justify-center text-text-muted">
          {icon}
        </span>
      )}
      <span dir="auto" className="shrink-0 truncate">
        {title}
      </span>
      <span dir="auto" className="min-w-0 grow truncate text-text-muted text-xs">
        {note}
      </span>
      {end}
    </Command.Item>
  );
}

function Caps({ keys }: { keys: string | undefined }) {
  return keys === undefined ? null : <Kbd keys={keys} className="text-text-muted" />;
}
