import { FormDialog } from '../../forms/FormDialog.js';
import { TextField } from '../../forms/inputs.js';
import { PasswordField } from '../../forms/PasswordField.js';
import { useForm } from '../../forms/use-form.js';

interface Proof {
  password: string;
  code: string;
}

export interface ProofDialogProps<T> {
  title: string;
  description: string;
  /** What the button says. */
  action: string;
  send(proof: Proof): Promise<T>;
  onDone(answer: T): void;
  onClose(): void;
}

/** Asks for the password and a code: a screen left open is not enough. */
export function ProofDialog<T>({ title, description, action, send, onDone, onClose }: ProofDialogProps<T>) {
  const form = useForm<Proof, T>({
    initial: { password: '', code: '' },
    check: ({ password, code }) => ({
      password: password === '' ? 'Type the password that you sign in with.' : undefined,
      code: code.trim().length < 6 ? 'Type the code that the app shows, or a recovery code.' : undefined,
    }),
    places: { login_failed: { at: 'password', says: 'The password or the code is wrong; check both.' } },
    send: ({ password, code }) => send({ password, code: code.trim() }),
    onDone,
  });
  return (
    <FormDialog form={form} title={title} description={description} action={action} onClose={onClose}>
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
