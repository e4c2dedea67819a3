import type { User } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { PasswordField, passwordFault, passwordHint } from '../../forms/PasswordField.js';
import { useForm } from '../../forms/use-form.js';
import { toast } from '../../inbox-kit/ui.js';

/** Sets somebody's password. */
export function PasswordForm({ user: { id, name }, onClose }: { user: User; onClose(): void }) {
  const { tims } = useAppInbox();
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordFault(password) }),
    places: { password_refused: 'password' },
    send: ({ password }, options) => tims.users.setPassword({ id, password }, options),
    onDone() {
      onClose();
      toast({ title: `The password of ${name} is set`, description: 'Their sessions have ended.' });
    },
  });
  return (
    <FormDialog
      form={form}
      title={`A new password for ${name}`}
      description={`Tell it to ${name} yourself: no mail is sent. It ends all their sessions.`}
      action="Set the password"
      onClose={onClose}
    >
      <PasswordField {...form.field('password')} label="New password" hint={passwordHint} autoComplete="new-password" />
    </FormDialog>
  );
}
