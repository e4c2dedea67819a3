import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { TextField } from '../../forms/inputs.js';
import { PasswordField } from '../../forms/PasswordField.js';
import { useForm } from '../../forms/use-form.js';

/** Takes the second factor away, with the password and a code: a screen left open is not enough. */
export function SwitchOff({ required, onDone, onClose }: { required: boolean; onDone(): void; onClose(): void }) {
  const { tims } = useAppInbox();
  const form = useForm({
    initial: { password: '', code: '' },
    check: ({ password, code }) => ({
      password: password === '' ? 'Type the password that you sign in with.' : undefined,
      code: code.trim().length < 6 ? 'Type the code that the app shows, or a recovery code.' : undefined,
    }),
    places: { login_failed: { at: 'password', says: 'The password or the code is wrong; check both.' } },
    send: ({ password, code }) => tims.me.disableSecondFactor({ password, code: code.trim() }),
    onDone,
  });
  return (
    <FormDialog
      form={form}
      title="Switch off the second factor"
      description={
        required
          ? 'Your organization demands one: you can do nothing here until you have set up another.'
          : 'From then on your password alone lets you in.'
      }
      action="Switch it off"
      onClose={onClose}
    >
      <PasswordField {...form.field('password')} label="Password" autoComplete="current-password" autoFocus />
      <TextField
        {...form.field('code')}
        label="Code"
        hint="Of your authenticator app, or a recovery code."
        autoComplete="one-time-code"
        maxLength={32}
        mono
      />
    </FormDialog>
  );
}
