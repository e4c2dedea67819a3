import type { Answer } from '@tims/sdk';
import { useSyncExternalStore } from 'react';
import { useSession } from '../app/app-inbox.js';
import { navigate } from '../app/router.js';
import { home } from '../app/routes.js';
import { ownServer } from '../app/session/server-address.js';
import { Failure } from '../forms/Failure.js';
import { TextField } from '../forms/inputs.js';
import { PasswordField, passwordFault, passwordHint } from '../forms/PasswordField.js';
import { useForm } from '../forms/use-form.js';
import { Button, toast } from '../inbox-kit/ui.js';
import { isLinkInvalid, visitor } from './client.js';

export interface AcceptFormProps {
  token: string;
  invitation: Answer<'invitations.preview'>;
  onInvalid(): void;
}

/** Name and password of somebody new; only the password of somebody whom the installation knows. */
export function AcceptForm({ token, invitation, onInvalid }: AcceptFormProps) {
  const { email, organizationName, hasAccount } = invitation;
  const session = useSession();
  const state = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const other = state.phase === 'open' && state.inbox.me.email !== email ? state.inbox.me : undefined;

  const form = useForm({
    initial: { name: invitation.name, password: '' },
    check: ({ name, password }) => ({
      name: !hasAccount && name.trim() === '' ? 'Say what your colleagues call you.' : undefined,
      password: hasAccount ? (password === '' ? 'Type your password.' : undefined) : passwordFault(password),
    }),
    places: {
      password_refused: 'password',
      login_failed: { at: 'password', says: 'This is not the password of your account here.' },
    },
    async send({ name, password }) {
      try {
        const accepted = await visitor().invitations.accept({
          token,
          password,
          ...(hasAccount ? {} : { name: name.trim() }),
        });
        await enter(accepted, password);
      } catch (error) {
        if (!isLinkInvalid(error)) throw error;
        onInvalid();
      }
    },
  });

  /** Signs in at once. Where that needs more, such as a code, the log-in asks for it. */
  async function enter({ organizationId }: Answer<'invitations.accept'>, password: string): Promise<void> {
    if (session.getSnapshot().phase === 'open') await session.logout();
    try {
      await session.login({ email, password, organizationId }, ownServer);
    } catch {
      toast({ title: `You have joined ${organizationName}`, description: 'Sign in to begin.' });
    }
    navigate(home, { replace: true });
  }

  return (
    <form ref={form.element} noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h2 dir="auto" className="mb-1 text-balance font-semibold text-2xl tracking-tight">
          Join {organizationName}
        </h2>
        <p className="text-text-muted">
          {hasAccount
            ? 'You have an account here already: its password lets you in, and your name stays as it is.'
            : 'Say what you are called and choose a password.'}
        </p>
      </div>
      {other && (
        <p className="rounded-lg bg-warning-soft p-3 text-warning text-xs">
          You are signed in as {other.name} in this browser. Joining signs {other.name} out here.
        </p>
      )}
      <Failure failure={form.failure} />
      <TextField
        name="email"
        value={email}
        onValue={() => undefined}
        fault={undefined}
        label="E-mail"
        readOnly
        autoComplete="username"
      />
      {!hasAccount && (
        <TextField
          {...form.field('name')}
          label="Your name"
          autoComplete="name"
          maxLength={200}
          autoFocus={invitation.name === ''}
        />
      )}
      <PasswordField
        {...form.field('password')}
        label="Password"
        hint={hasAccount ? undefined : passwordHint}
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
        autoFocus={hasAccount || invitation.name !== ''}
      />
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="w-full">
        Join
      </Button>
    </form>
  );
}
