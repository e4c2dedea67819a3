import { localDay, type Narrowing } from '../narrowing.js';
import { Chip } from './Chip.js';

/** Between which days a conversation was last active. */
export function DateChip({ narrowing, onNarrow }: { narrowing: Narrowing; onNarrow(change: Narrowing): void }) {
  const { from, to } = narrowing;
  const today = localDay(new Date());
  return (
    <Chip title="Last active" label="" onRemove={() => onNarrow({ from: undefined, to: undefined })}>
      <span className="flex min-w-0 items-center gap-1 pl-2.5">
        <span>from</span>
        <Day label="Last active from" value={from} max={to ?? today} onChange={(day) => onNarrow({ from: day })} />
        <span>to</span>
        <Day label="Last active until" value={to} min={from} max={today} onChange={(day) => onNarrow({ to: day })} />
      </span>
    </Chip>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  min?: string | undefined;
  max: string;
  onChange(day: string | undefined): void;
}

function Day({ label, value = '', min, max, onChange }: DayProps) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value}
      min={min}
      max={max}
      onChange={({ target }) => onChange(target.value || undefined)}
      className="w-26 rounded bg-transparent text-xs text-text"
    />
  );
}
