import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { controlClass, Field, type FieldFrame } from './Field.js';
import type { FieldOf } from './use-form.js';

type PasswordProps = FieldOf<string> &
  FieldFrame & {
    autoComplete: 'current-password' | 'new-password';
    autoFocus?: boolean | undefined;
  };

/** A password; it can be looked at by whoever types it. */
export function PasswordField({ label, hint, fault, name, value, onValue, autoComplete, autoFocus }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field label={label} hint={capsLock ? 'Caps lock is on.' : hint} fault={fault}>
      {(ties) => (
        <span className="relative">
          <input
            {...ties}
            type={shown ? 'text' : 'password'}
            name={name}
            value={value}
            maxLength={200}
            autoComplete={autoComplete}
            // biome-ignore lint/a11y/noAutofocus: where it is all that is asked for
            autoFocus={autoFocus}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => onValue(event.target.value)}
            onKeyDown={watch}
            onKeyUp={watch}
            onBlur={() => setCapsLock(false)}
            className={cx(controlClass, 'h-9 pr-11 pointer-coarse:h-11')}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={`Show what is typed: ${label}`}
            onClick={() => setShown(!shown)}
            className="-translate-y-1/2 absolute top-1/2 right-1 flex size-7 items-center justify-center rounded-md text-text-muted hover:text-text pointer-coarse:size-10"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        </span>
      )}
    </Field>
  );
}

export const passwordHint = '8 characters or more, and none that is on lists of common passwords.';

/** What can be said of a new password before the server looks at it. */
export function passwordFault(password: string): string | undefined {
  if (password === '') return 'Choose a password.';
  if ([...password].length < 8) return 'It needs 8 characters at least.';
  return [...password].length > 128 ? 'It can have 128 characters at most.' : undefined;
}
