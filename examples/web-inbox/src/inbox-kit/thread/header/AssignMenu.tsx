import type { Conversation } from '@tims/sdk';
import { ChevronDown, Inbox, StickyNote, UsersRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { type Colleague, useColleagues, useInbox, useTeams } from '../../inbox.js';
import { Avatar, Button, Kbd } from '../../ui.js';
import { noteLimit } from '../composer/limits.js';
import { colleagueName } from '../names.js';
import type { Assignment } from '../use-actions.js';
import { Picker, PickerGroup, PickerItem } from './Picker.js';

export interface AssignMenuProps {
  conversation: Conversation;
  open: boolean;
  onOpenChange(open: boolean): void;
  /** With a note for whoever takes over. */
  withNote: boolean;
  onWithNote(): void;
  onAssign(to: Assignment, name: string): void;
  onTransfer(to: Assignment, name: string, note: string): void;
  disabled: boolean;
}

/** Who has the conversation, and with one click more who gets it: a person, a team, or the queue again. */
export function AssignMenu(props: AssignMenuProps) {
  const { conversation, open, onOpenChange, withNote, onWithNote, onAssign, onTransfer, disabled } = props;
  const { me } = useInbox();
  const colleagues = useColleagues();
  const teams = useTeams();
  const [search, setSearch] = useState('');
  const [note, setNote] = useState('');
  const { assigneeId, teamId } = conversation;
  const name = assigneeId === null ? undefined : colleagueName(colleagues, me, assigneeId);
  const assign = (to: Assignment, toName: string) => {
    onOpenChange(false);
    setSearch('');
    setNote('');
    const said = note.trim();
    if (withNote && said !== '') onTransfer(to, toName, said);
    else onAssign(to, toName);
  };
  return (
    <Picker
      open={open}
      onOpenChange={onOpenChange}
      label={withNote ? 'Transfer the conversation' : 'Assign the conversation'}
      above={withNote && <TransferNote note={note} onNote={setNote} />}
      below={
        !withNote && (
          <button
            type="button"
            onClick={onWithNote}
            className="flex min-h-10 w-full items-center gap-2 border-border border-t px-3.5 text-start text-text-muted text-xs hover:bg-hover hover:text-text pointer-coarse:min-h-11"
          >
            <StickyNote aria-hidden="true" className="size-3.5" />
            <span className="flex-1">With a note for whoever takes over</span>
            <Kbd keys="shift+a" className="pointer-coarse:hidden" />
          </button>
        )
      }
      placeholder="A person or a team…"
      search={search}
      onSearch={setSearch}
      empty="Nobody here is called that."
      items={
        <>
          {assigneeId !== me.id && (
            <PickerItem
              value="me"
              keywords={['me', 'myself', me.name]}
              onSelect={() => assign({ assigneeId: me.id }, 'you')}
            >
              <Avatar size="sm" name={me.name} id={me.id} />
              <span className="flex-1 font-medium">Assign to me</span>
            </PickerItem>
          )}
          {assigneeId !== null && (
            <PickerItem
              value="queue"
              keywords={['back to the queue', 'unassign', 'nobody']}
              onSelect={() => assign({ assigneeId: null }, `the queue of ${teams.get(teamId)?.name ?? 'its team'}`)}
            >
              <Mark icon={Inbox} />
              <span className="flex-1">Back to the queue</span>
            </PickerItem>
          )}
          <PickerGroup heading="People">
            {others([...colleagues.values()], me.id, assigneeId, teamId).map((one) => (
              <PickerItem
                key={one.id}
                value={one.id}
                keywords={[one.name, ...one.teams.map(({ id }) => teams.get(id)?.name ?? '')]}
                onSelect={() => assign({ assigneeId: one.id }, one.name)}
              >
                <Avatar size="sm" name={one.name} id={one.id} online={one.online} />
                <span className="min-w-0 flex-1 truncate">
                  <bdi>{one.name}</bdi>
                </span>
                <span className="shrink-0 text-2xs text-text-muted">{one.online ? 'Online' : 'Away'}</span>
              </PickerItem>
            ))}
          </PickerGroup>
          <PickerGroup heading="Teams">
            {[...teams.values()]
              .filter(({ id }) => id !== teamId || assigneeId !== null)
              .map((team) => (
                <PickerItem
                  key={team.id}
                  value={team.id}
                  keywords={[team.name, team.key]}
                  onSelect={() => assign({ assigneeId: null, teamId: team.id }, `the queue of ${team.name}`)}
                >
                  <Mark icon={UsersRound} />
                  <span className="min-w-0 flex-1 truncate">
                    <bdi>{team.name}</bdi>
                  </span>
                  <span className="shrink-0 text-2xs text-text-muted">Queue</span>
                </PickerItem>
              ))}
          </PickerGroup>
        </>
      }
    >
      <Popover.Trigger asChild>
        <Button variant="secondary" disabled={disabled} title="Assign (A)" className="min-w-0 shrink px-2!">
          {assigneeId === null || name === undefined ? (
            <span>Assign</span>
          ) : (
            <>
              <Avatar size="xs" name={nameToDraw(colleagues, me, assigneeId)} id={assigneeId} />
              <span className="@max-lg:sr-only max-w-32 truncate">
                <span className="sr-only">Assigned to </span>
                <bdi>{name}</bdi>
                <span className="sr-only">. Assign to somebody else</span>
              </span>
            </>
          )}
          <ChevronDown aria-hidden="true" className="@max-md/header:hidden size-3.5 shrink-0 text-text-muted" />
        </Button>
      </Popover.Trigger>
    </Picker>
  );
}

function TransferNote({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  return (
    <div className="border-note-edge border-b border-dashed bg-note p-3">
      <label className="block font-semibold text-2xs">
        What should they know?
        <textarea
          rows={3}
          value={note}
          maxLength={noteLimit}
          dir="auto"
          placeholder="An internal note, e.g. what was promised"
          onChange={({ target }) => onNote(target.value)}
          className="mt-1 w-full resize-none rounded-lg border border-border-strong bg-surface px-2.5 py-1.5 font-normal text-sm max-sm:text-base"
        />
      </label>
    </div>
  );
}

function Mark({ icon: Icon }: { icon: typeof Inbox }) {
  return (
    <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-hover text-text-muted">
      <Icon aria-hidden="true" className="size-3.5" />
    </span>
  );
}

function nameToDraw(colleagues: ReadonlyMap<string, Colleague>, me: { id: string; name: string }, id: string) {
  return id === me.id ? me.name : colleagues.get(id)?.name;
}

/** Whoever is there first, those of the conversation's team before the others. */
function others(all: readonly Colleague[], me: string, assigneeId: string | null, teamId: string): Colleague[] {
  const rank = (one: Colleague) => (one.online ? 0 : 2) + (one.teams.some(({ id }) => id === teamId) ? 0 : 1);
  return all
    .filter(({ id }) => id !== me && id !== assigneeId)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
