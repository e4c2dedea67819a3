import { useId, useState } from 'react';
import { cx } from '../ui.js';
import type { ContactValue, Refusal } from './use-contact-changes.js';

interface ChoiceProps {
  label: string;
  value: string | null;
  options: readonly string[];
  /** Whether it can stand empty. */
  optional?: boolean | undefined;
  centred?: boolean | undefined;
  save(value: ContactValue, began: ContactValue): Promise<Refusal | undefined>;
}

/** One of a few, saved as soon as it is chosen. */
export function InlineChoice({ label, value, options, optional, centred, save }: ChoiceProps) {
  const { shown, fault, faultId, choose } = useChosen(value, save);
  const gone = typeof shown === 'string' && !options.includes(shown);
  return (
    <span className={cx('block min-w-0', centred && 'text-center')}>
      <select
        aria-label={label}
        aria-describedby={fault === undefined ? undefined : faultId}
        value={shown === null ? '' : String(shown)}
        onChange={({ target }) => choose(target.value === '' ? null : target.value)}
        onKeyDown={(event) => event.stopPropagation()}
        className={cx(
          'h-7 min-w-0 max-w-full rounded-md border border-transparent bg-surface px-1 hover:border-border-strong focus-visible:border-border-strong max-sm:text-base pointer-coarse:h-11',
          centred ? 'text-text-muted text-xs capitalize' : 'text-sm',
          shown === null && 'text-text-muted',
        )}
      >
        {(optional || shown === null) && <option value="">Not set</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
        {gone && <option value={String(shown)}>{`${shown} (no longer offered)`}</option>}
      </select>
      <Fault id={faultId} text={fault} />
    </span>
  );
}

interface CheckProps {
  label: string;
  value: boolean | null;
  save(value: ContactValue, began: ContactValue): Promise<Refusal | undefined>;
}

export function InlineCheck({ label, value, save }: CheckProps) {
  const { shown, fault, faultId, choose } = useChosen(value, save);
  return (
    <span className="block">
      <label className="inline-flex min-h-7 items-center gap-2 px-1.5 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          aria-label={label}
          aria-describedby={fault === undefined ? undefined : faultId}
          checked={shown === true}
          onChange={({ target }) => choose(target.checked)}
          className="size-4 accent-(--accent) pointer-coarse:size-5.5"
        />
        <span className={cx(shown === null && 'text-text-muted')}>
          {shown === null ? 'Not set' : shown ? 'Yes' : 'No'}
        </span>
      </label>
      <Fault id={faultId} text={fault} />
    </span>
  );
}

/** What is chosen shows at once, and goes back where it is refused. */
function useChosen(value: ContactValue, save: CheckProps['save']) {
  const [chosen, setChosen] = useState<{ value: ContactValue }>();
  const [fault, setFault] = useState<string>();
  const faultId = useId();
  return {
    shown: chosen ? chosen.value : value,
    fault,
    faultId,
    choose(next: ContactValue) {
      if (chosen) return;
      setChosen({ value: next });
      setFault(undefined);
      void save(next, value).then((refusal) => {
        setChosen(undefined);
        setFault(refusal?.message);
      });
    },
  };
}

function Fault({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <span id={id} role="alert" className="mt-1 block text-start text-danger text-xs">
      {text}
    </span>
  );
}
