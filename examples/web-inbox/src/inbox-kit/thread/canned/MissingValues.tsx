import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui.js';
import { variableLabel } from './variables.js';

export interface MissingValuesProps {
  /** The variables without a value. */
  names: readonly string[];
  onFill(name: string, value: string): void;
}

/** What a canned response leaves open: it is filled in before anything is sent. */
export function MissingValues({ names, onFill }: MissingValuesProps) {
  return (
    <section aria-label="Missing values" className="mx-3 mb-2 rounded-lg bg-warning-soft px-2.5 py-2 text-xs">
      <p className="mb-1.5 flex items-center gap-1.5 font-medium text-warning">
        <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
        {names.length === 1 ? 'One value is missing.' : `${names.length} values are missing.`} Fill in before you send.
      </p>
      <ul className="flex flex-wrap gap-2">
        {names.map((name) => (
          <li key={name} className="min-w-0">
            <Value name={name} onFill={(value) => onFill(name, value)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Value({ name, onFill }: { name: string; onFill: (value: string) => void }) {
  const [value, setValue] = useState('');
  const fill = () => {
    if (value.trim() !== '') onFill(value.trim());
  };
  // It stands inside the form that sends, and is no form of its own.
  return (
    <span className="flex gap-1.5">
      <input
        aria-label={variableLabel(name)}
        title={`{{${name}}}`}
        placeholder={variableLabel(name)}
        value={value}
        maxLength={500}
        onChange={({ target }) => setValue(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          fill();
        }}
        className="h-7 w-36 rounded-md border border-border-strong bg-surface px-2 text-xs max-sm:text-base pointer-coarse:h-9"
      />
      <Button size="sm" disabled={value.trim() === ''} onClick={fill}>
        Fill in
      </Button>
    </span>
  );
}
