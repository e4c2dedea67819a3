import { CircleCheck, Link2Off } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../app/app-inbox.js';
import { Failure } from '../forms/Failure.js';
import { PasswordField, passwordFault, passwordHint } from '../forms/PasswordField.js';
import { useForm } from '../forms/use-form.js';
import { Button } from '../inbox-kit/ui.js';
import { isLinkInvalid, visitor } from './client.js';
import { NextStep, Saying } from './parts.js';

/** Sets a new password with the link from the mail. */
export function ResetPassword({ token }: { token: string }) {
  const session = useSession();
  const [outcome, setOutcome] = useState<'set' | 'invalid' | undefined>(token === '' ? 'invalid' : undefined);
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordFault(password) }),
    places: { password_refused: 'password' },
    async send({ password }) {
      try {
        await visitor().auth.confirmReset({ token, password });
      } catch (error) {
        if (!isLinkInvalid(error)) throw error;
        setOutcome('invalid');
        return;
      }
      // Every session of the account has ended; the one of this browser need not find out by itself.
      if (session.getSnapshot().phase === 'open') await session.logout();
      setOutcome('set');
    },
  });

  if (outcome === 'set') {
    return (
      <Saying title="Your new password is set" icon={CircleCheck} action={<NextStep to="/">Sign in</NextStep>}>
        <p>Everywhere you were signed in, you are signed out now.</p>
      </Saying>
    );
  }
  if (outcome === 'invalid') {
    return (
      <Saying
        title="This link does not work"
        icon={Link2Off}
        tone="warning"
        action={
          <>
            <NextStep to="/forgot-password">Get a new link</NextStep>
            <NextStep to="/" quiet>
              Sign in
            </NextStep>
          </>
        }
      >
        <p>Each link works once, for an hour, and only the whole of it. Your password is as it was.</p>
      </Saying>
    );
  }
  return (
    <form ref={form.element} noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h2 className="mb-1 font-semibold text-2xl tracking-tight">Choose a new password</h2>
        <p className="text-text-muted">Setting it ends all your sessions.</p>
      </div>
      <Failure failure={form.failure} />
      <PasswordField
        {...form.field('password')}
        label="New password"
        hint={passwordHint}
        autoComplete="new-password"
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="w-full">
        Set the password
      </Button>
    </form>
  );
}
