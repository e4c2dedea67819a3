import { useAppInbox } from '../app/app-inbox.js';
import { Failure } from '../forms/Failure.js';
import { PasswordField, passwordFault, passwordHint } from '../forms/PasswordField.js';
import { useForm } from '../forms/use-form.js';
import { Button, toast } from '../inbox-kit/ui.js';
import { Card } from './Card.js';

const empty = { currentPassword: '', password: '' };

/** Changes the reader's own password, with the old one. */
export function PasswordCard() {
  const { tims, me } = useAppInbox();
  const form = useForm({
    initial: empty,
    check: ({ currentPassword, password }) => ({
      currentPassword: currentPassword === '' ? 'Type the password that you sign in with.' : undefined,
      password: passwordFault(password),
    }),
    places: { current_password_wrong: 'currentPassword', password_refused: 'password' },
    send: (values, options) => tims.me.update(values, options),
    onDone() {
      form.settle(empty);
      toast({ title: 'Your password is changed', description: 'Your other sessions have ended.' });
    },
  });
  return (
    <Card title="Password" says="Changing it signs you out everywhere but here.">
      <form ref={form.element} noValidate onSubmit={form.submit} className="flex max-w-md flex-col gap-4">
        <Failure failure={form.failure} />
        <input type="email" value={me.email} readOnly hidden autoComplete="username" />
        <PasswordField {...form.field('currentPassword')} label="Current password" autoComplete="current-password" />
        <PasswordField
          {...form.field('password')}
          label="New password"
          hint={passwordHint}
          autoComplete="new-password"
        />
        <div>
          <Button type="submit" variant="primary" busy={form.busy} disabled={!form.dirty}>
            Change the password
          </Button>
        </div>
      </form>
    </Card>
  );
}
