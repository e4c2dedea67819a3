import { type Credentials, isTimsError, TimsApiError } from '@tims/sdk';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { type ErrorText, errorText } from '../../inbox-kit/error-text.js';
import { Button } from '../../inbox-kit/ui.js';
import { Field, fieldClass } from './Field.js';

export interface SignInFormProps {
  /** Somebody who signs in again stays who they are. */
  email?: string | undefined;
  /** The server is not the one of this page: it has to let the page in. */
  elsewhere?: boolean | undefined;
  onSignIn(credentials: Credentials): Promise<void>;
}

/** E-mail and password, and a code or which organization where that is the question. */
export function SignInForm({ email: fixed, elsewhere = false, onSignIn }: SignInFormProps) {
  const [email, setEmail] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [organizations, setOrganizations] = useState<readonly string[]>([]);
  const [organizationId, setOrganizationId] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<ErrorText>();
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const failureId = useId();
  const passwordField = useRef<HTMLInputElement>(null);

  async function signIn(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await onSignIn({
        email: email.trim(),
        password,
        ...(code.trim() ? { code: code.trim() } : {}),
        ...(organizationId ? { organizationId } : {}),
      });
    } catch (error) {
      const choice = organizationsOf(error);
      if (choice) {
        setOrganizations(choice);
        setOrganizationId(choice[0] ?? '');
      } else if (isTimsError(error, 'second_factor_required')) {
        setCodeAsked(true);
      } else {
        setFailure(signInFailure(error, elsewhere));
        passwordField.current?.focus();
        passwordField.current?.select();
      }
    } finally {
      setBusy(false);
    }
  }

  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const described = failure ? failureId : undefined;
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void signIn(event)}>
      {failure && (
        <div id={failureId} role="alert" className="flex gap-2.5 rounded-lg bg-danger-soft p-3 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <div>
            <p className="font-medium">{failure.title}</p>
            <p className="text-xs">{failure.help}</p>
          </div>
        </div>
      )}
      <Field label="E-mail">
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          // biome-ignore lint/a11y/noAutofocus: there is nothing else to do on this page
          autoFocus={fixed === undefined}
          readOnly={fixed !== undefined}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-describedby={described}
          className={fieldClass}
        />
      </Field>
      <Field label="Password" hint={capsLock ? 'Caps lock is on' : undefined}>
        <input
          ref={passwordField}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          // biome-ignore lint/a11y/noAutofocus: it is all that the dialog asks for
          autoFocus={fixed !== undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          onBlur={() => setCapsLock(false)}
          aria-describedby={described}
          className={fieldClass}
        />
      </Field>
      {codeAsked && (
        <Field label="Code" hint="Of your authenticator app, or a recovery code">
          <input
            type="text"
            name="code"
            autoComplete="one-time-code"
            spellCheck={false}
            maxLength={32}
            // biome-ignore lint/a11y/noAutofocus: it is what is asked for now
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
            aria-describedby={described}
            className={fieldClass}
          />
        </Field>
      )}
      {organizations.length > 0 && (
        <Field label="Organization" hint="You work in several. Choose one, then sign in.">
          <select
            // biome-ignore lint/a11y/noAutofocus: it is what is asked for now
            autoFocus
            value={organizationId}
            onChange={(event) => setOrganizationId(event.target.value)}
            className={fieldClass}
          >
            {organizations.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </Field>
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
        {busy ? 'Signing in' : 'Sign in'}
      </Button>
    </form>
  );
}

/** The organizations to choose from, where the account belongs to several. */
function organizationsOf(error: unknown): readonly string[] | undefined {
  if (!isTimsError(error, 'organization_required')) return undefined;
  const { organizations } = error.members;
  return Array.isArray(organizations) ? organizations.filter((id) => typeof id === 'string') : undefined;
}

function signInFailure(error: unknown, elsewhere: boolean): ErrorText {
  if (error instanceof TimsApiError && error.status === 429) {
    const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1_000);
    return { title: 'Too many tries', help: `Wait ${seconds} seconds, then try again.` };
  }
  if (isTimsError(error, 'network_error')) {
    const help = elsewhere
      ? `Check its address. It also has to allow pages of ${location.origin}: its operator sets TIMS_ALLOWED_ORIGINS.`
      : 'Check your connection, then try again.';
    return { title: 'The server cannot be reached', help };
  }
  return errorText(error);
}
