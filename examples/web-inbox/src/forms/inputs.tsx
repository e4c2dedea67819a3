import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { controlClass, Field, type FieldFrame } from './Field.js';
import type { FieldOf } from './use-form.js';

const line = 'h-9 pointer-coarse:h-11';

type TextProps = FieldOf<string> &
  FieldFrame &
  Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'name' | 'id' | 'className'> & {
    /** What it holds is read sign by sign: a key, a code. */
    mono?: boolean | undefined;
  };

export function TextField({ label, hint, optional, fault, value, onValue, mono, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} optional={optional} fault={fault}>
      {(ties) => (
        <input
          type="text"
          {...rest}
          {...ties}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(controlClass, line, mono && 'font-mono')}
        />
      )}
    </Field>
  );
}

type AreaProps = FieldOf<string> &
  FieldFrame &
  Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'name' | 'id' | 'className'>;

export function TextArea({ label, hint, optional, fault, value, onValue, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} optional={optional} fault={fault}>
      {(ties) => (
        <textarea
          {...rest}
          {...ties}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(controlClass, 'min-h-28 resize-y py-2 leading-5.5')}
        />
      )}
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen. */
  readonly refused?: string | undefined;
}

type SelectProps = FieldOf<string> & FieldFrame & { choices: readonly Choice[]; disabled?: boolean | undefined };

export function SelectField({ label, hint, optional, fault, name, value, onValue, choices, disabled }: SelectProps) {
  return (
    <Field label={label} hint={hint} optional={optional} fault={fault}>
      {(ties) => (
        <select
          {...ties}
          name={name}
          disabled={disabled}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(controlClass, line)}
        >
          <Choices choices={choices} />
        </select>
      )}
    </Field>
  );
}

export function Choices({ choices }: { choices: readonly Choice[] }) {
  return choices.map(({ value, label, refused }) => (
    <option key={value} value={value} disabled={refused !== undefined}>
      {refused === undefined ? label : `${label} – ${refused}`}
    </option>
  ));
}

interface CheckProps {
  checked: boolean;
  onChecked(checked: boolean): void;
  children: ReactNode;
  disabled?: boolean | undefined;
  /** Said under it. */
  hint?: ReactNode;
  /** It stands beside something else, in small letters. */
  compact?: boolean | undefined;
}

/** A box to tick, beside its words. */
export function Check({ checked, onChecked, children, disabled, hint, compact }: CheckProps) {
  return (
    <label
      className={cx(
        'flex py-1',
        compact ? 'items-center gap-1.5 text-xs' : 'items-start gap-2.5',
        disabled && 'cursor-not-allowed text-text-muted',
      )}
    >
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
        className={cx('shrink-0 accent-(--accent) pointer-coarse:size-5.5', compact ? 'size-4' : 'mt-0.5 size-4.5')}
      />
      <span className="min-w-0">
        {children}
        {hint !== undefined && <span className="block text-text-muted text-xs leading-4.5">{hint}</span>}
      </span>
    </label>
  );
}
