import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { controlClass } from '../../forms/Field.js';
import { Choices } from '../../forms/inputs.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, cx } from '../../inbox-kit/ui.js';
import { useUsers } from '../data/lists.js';
import type { ActivityFilter } from './filter.js';
import { frequentActions } from './words.js';

const classes = cx(controlClass, 'h-9 pointer-coarse:h-11');
const actionPattern = /^[a-z][a-zA-Z_.]{0,63}$/;

/** Who, what, and from when to when. */
export function ActivityFilters({
  filter,
  onFilter,
}: {
  filter: ActivityFilter;
  onFilter(filter: ActivityFilter): void;
}) {
  const users = useUsers().data;
  const colleagues = useColleagues();
  const people = (users ?? [...colleagues.values()]).map(({ id, name }) => ({ value: id, label: name }));
  const set = (part: Partial<ActivityFilter>) => onFilter({ ...filter, ...part });
  const narrowed = Object.values(filter).some((value) => value !== '');
  return (
    <search
      aria-label="Narrow the log"
      className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-[1.2fr_1.2fr_1fr_1fr_auto]"
    >
      <label className="flex flex-col gap-1 text-text-muted text-xs">
        Who
        <select value={filter.user} onChange={(event) => set({ user: event.target.value })} className={classes}>
          <Choices
            choices={[{ value: '', label: 'Anybody' }, ...people.sort((a, b) => a.label.localeCompare(b.label))]}
          />
        </select>
      </label>
      <ActionInput key={filter.action} action={filter.action} onAction={(action) => set({ action })} />
      <label className="flex flex-col gap-1 text-text-muted text-xs">
        From
        <input
          type="date"
          value={filter.from}
          max={filter.to || undefined}
          onChange={(event) => set({ from: event.target.value })}
          className={classes}
        />
      </label>
      <label className="flex flex-col gap-1 text-text-muted text-xs">
        To
        <input
          type="date"
          value={filter.to}
          min={filter.from || undefined}
          onChange={(event) => set({ to: event.target.value })}
          className={classes}
        />
      </label>
      <Button
        variant="ghost"
        className="self-end"
        disabled={!narrowed}
        onClick={() => onFilter({ user: '', action: '', from: '', to: '' })}
      >
        <X aria-hidden="true" className="size-4" /> Clear
      </Button>
    </search>
  );
}

/** The operation, as the log writes it; taken once it is chosen or left. */
function ActionInput({ action, onAction }: { action: string; onAction(action: string): void }) {
  const [typed, setTyped] = useState(action);
  const good = typed === '' || actionPattern.test(typed);
  const known = frequentActions.some((one) => one === typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one is chosen from the list
  useEffect(() => {
    if (known && typed !== action) onAction(typed);
  }, [known, typed]);
  return (
    <label className="flex flex-col gap-1 text-text-muted text-xs">
      What
      <input
        type="text"
        list="frequent-actions"
        placeholder="Anything"
        value={typed}
        maxLength={64}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={good ? undefined : true}
        onChange={(event) => setTyped(event.target.value.trim())}
        onBlur={() => good && typed !== action && onAction(typed)}
        onKeyDown={(event) => event.key === 'Enter' && good && onAction(typed)}
        className={classes}
      />
      <datalist id="frequent-actions">
        {frequentActions.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </label>
  );
}
