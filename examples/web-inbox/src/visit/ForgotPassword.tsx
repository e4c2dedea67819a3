import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { Failure } from '../forms/Failure.js';
import { TextField } from '../forms/inputs.js';
import { useForm } from '../forms/use-form.js';
import { Button } from '../inbox-kit/ui.js';
import { visitor } from './client.js';
import { NextStep, Saying } from './parts.js';

/** Has a link for a new password mailed. The answer is the same for everybody, so that it tells nobody who has an account. */
export function ForgotPassword() {
  const [askedFor, setAskedFor] = useState<string>();
  const form = useForm({
    initial: { email: '' },
    check: ({ email }) => ({ email: email.trim() === '' ? 'Type the e-mail that you sign in with.' : undefined }),
    send: ({ email }) => visitor().auth.requestReset({ email: email.trim() }),
    onDone: (_, { email }) => setAskedFor(email.trim()),
  });

  if (askedFor !== undefined) {
    return (
      <Saying
        title="Look at your mail"
        icon={MailCheck}
        action={
          <NextStep to="/" quiet>
            Back to the log-in
          </NextStep>
        }
      >
        <p>
          If <span className="break-all text-text">{askedFor}</span> has an account here, a mail with a link is on its
          way. The link works once, for an hour.
        </p>
        <p>Nothing there? Look among the spam, or ask an administrator to set a password for you.</p>
      </Saying>
    );
  }
  return (
    <form ref={form.element} noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h2 className="mb-1 font-semibold text-2xl tracking-tight">Forgot your password?</h2>
        <p className="text-text-muted">We mail you a link to set a new one.</p>
      </div>
      <Failure failure={form.failure} />
      <TextField
        {...form.field('email')}
        label="E-mail"
        type="email"
        autoComplete="username"
        maxLength={191}
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="w-full">
        Send the link
      </Button>
      <NextStep to="/" quiet>
        Back to the log-in
      </NextStep>
    </form>
  );
}
