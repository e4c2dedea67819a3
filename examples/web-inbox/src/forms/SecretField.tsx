import { cx } from '../inbox-kit/class-names.js';
import { controlClass, Field, type FieldFrame } from './Field.js';
import type { FieldOf } from './use-form.js';

type SecretProps = FieldOf<string> &
  FieldFrame & { maxLength?: number | undefined; disabled?: boolean | undefined; placeholder?: string | undefined };

/** A key or a token of something else: nobody looks on, and no password store offers to keep it as a password of here. */
export function SecretField({ label, hint, optional, fault, value, onValue, ...rest }: SecretProps) {
  return (
    <Field label={label} hint={hint} optional={optional} fault={fault}>
      {(ties) => (
        <input
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          {...rest}
          {...ties}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={cx(controlClass, 'h-9 font-mono pointer-coarse:h-11')}
        />
      )}
    </Field>
  );
}
