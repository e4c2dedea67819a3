import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { useCounts } from '../counts.js';
import type { Narrowing } from '../places.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';

/** How many of them are set. */
export function countFilters({ unread, channelId, assigneeId }: Narrowing): number {
  return [unread, channelId, assigneeId].filter(Boolean).length;
}

/** Narrows the list; it stands in the address. */
export function Filters({ route }: { route: Route }) {
  const { place, narrowing } = route;
  const { me } = useAppInbox();
  const channels = useCounts()?.channels ?? [];
  const colleagues = [...useColleagues().values()].sort((a, b) => a.name.localeCompare(b.name));
  const isGroup = (name: string) => place.kind === 'group' && place.group === name;
  const seesOthers = ['all', 'team'].includes(me.permissions['conversations:read'] ?? '');

  function narrow(change: Narrowing): void {
    navigate({ ...route, narrowing: { ...narrowing, ...change } }, { replace: true });
  }

  return (
    <fieldset className="flex shrink-0 animate-rise flex-wrap items-center gap-2 border-border border-b bg-background px-3 py-2">
      <legend className="sr-only">Filter</legend>
      <button
        type="button"
        aria-pressed={narrowing.unread === true}
        onClick={() => narrow({ unread: narrowing.unread ? undefined : true })}
        className={cx(
          'h-7 rounded-full border px-2.5 text-xs pointer-coarse:h-9',
          narrowing.unread ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-border-strong bg-surface',
        )}
      >
        Unread
      </button>
      {place.kind !== 'channel' && channels.length > 1 && (
        <Choice label="Channel" value={narrowing.channelId} onChoose={(channelId) => narrow({ channelId })}>
          {channels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      {seesOthers && !isGroup('mine') && !isGroup('queue') && (
        <Choice label="Assignee" value={narrowing.assigneeId} onChoose={(assigneeId) => narrow({ assigneeId })}>
          {colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === me.id ? `${name} (you)` : name}
            </option>
          ))}
        </Choice>
      )}
      {countFilters(narrowing) > 0 && (
        <Button variant="ghost" size="sm" onClick={() => navigate({ ...route, narrowing: {} }, { replace: true })}>
          <X aria-hidden="true" className="size-3.5" />
          Clear
        </Button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  onChoose(value: string | undefined): void;
  children: ReactNode;
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChoose(event.target.value || undefined)}
      className={cx(
        'h-7 max-w-44 rounded-full border px-2 text-xs pointer-coarse:h-9',
        value ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-border-strong bg-surface text-text',
      )}
    >
      <option value="">Any {label.toLowerCase()}</option>
      {children}
    </select>
  );
}
