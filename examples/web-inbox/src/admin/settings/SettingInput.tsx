import { type ReactNode, useId } from 'react';
import { controlClass, Fault } from '../../forms/Field.js';
import { Choices } from '../../forms/inputs.js';
import type { FieldOf } from '../../forms/use-form.js';
import { cx } from '../../inbox-kit/class-names.js';
import { Badge } from '../frame/Badge.js';
import type { SettingField } from './fields.js';

export interface SettingInputProps {
  field: SettingField;
  input: FieldOf<string>;
  readOnly: boolean;
  /** It is not saved. */
  changed: boolean;
}

/** One setting: what it decides, beside what it is. */
export function SettingInput({ field, input, readOnly, changed }: SettingInputProps) {
  const id = useId();
  const ties = {
    id,
    name: input.name,
    disabled: readOnly,
    value: input.value,
    'aria-describedby': `${id}-says${input.fault === undefined ? '' : ` ${id}-fault`}`,
    'aria-invalid': input.fault === undefined ? undefined : (true as const),
  };
  const classes = cx(controlClass, 'h-9 pointer-coarse:h-11');
  return (
    <div className="grid gap-x-8 gap-y-2.5 p-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] sm:p-5">
      <div>
        <label htmlFor={id} className="flex items-center gap-2 font-medium">
          {field.title} {changed && <Badge tone="accent">Not saved</Badge>}
        </label>
        <p id={`${id}-says`} className="mt-0.5 text-pretty text-text-muted text-xs leading-4.5">
          {field.says}
        </p>
      </div>
      <div className="flex flex-col gap-1.5 sm:self-center">
        {control()}
        {input.fault !== undefined && <Fault id={`${id}-fault`} text={input.fault} />}
      </div>
    </div>
  );

  function control(): ReactNode {
    if (field.type === 'choice') {
      const choices = Object.entries(field.choices).map(([value, label]) => ({ value, label }));
      return (
        <select {...ties} onChange={(event) => input.onValue(event.target.value)} className={classes}>
          <Choices choices={choices} />
        </select>
      );
    }
    if (field.type === 'number') {
      return (
        <span className="flex items-center gap-2.5">
          <input
            {...ties}
            type="text"
            inputMode="numeric"
            maxLength={9}
            onChange={(event) => input.onValue(event.target.value)}
            className={cx(classes, 'max-w-28 text-right tabular-nums')}
          />
          <span className="text-text-muted text-xs">{field.unit}</span>
        </span>
      );
    }
    return (
      <input
        {...ties}
        type="text"
        spellCheck={false}
        autoCapitalize="off"
        maxLength={1_800}
        onChange={(event) => input.onValue(event.target.value)}
        className={classes}
      />
    );
  }
}
