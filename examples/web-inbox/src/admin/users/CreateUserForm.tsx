import type { User } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextField } from '../../forms/inputs.js';
import { PasswordField, passwordFault, passwordHint } from '../../forms/PasswordField.js';
import { useForm } from '../../forms/use-form.js';
import { toast } from '../../inbox-kit/ui.js';
import { roleChoices } from '../data/granting.js';
import { useRoles, useTeamList } from '../data/lists.js';
import { useRefresh } from '../frame/use-resource.js';
import { emailFault } from './email.js';
import { type Membership, TeamsField } from './TeamsField.js';

interface Values {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: string;
  readonly teams: readonly Membership[];
}

/** Adds somebody with a password, where no mail is wanted. */
export function CreateUserForm({ onClose }: { onClose(): void }) {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const roles = useRoles().data;
  const teams = useTeamList().data ?? [];
  const initial: Values = { email: '', name: '', password: '', role: 'agent', teams: [] };
  const form = useForm<Values, User>({
    initial,
    check: ({ email, name, password }) => ({
      email: emailFault(email),
      name: name.trim() === '' ? 'Say what they are called.' : undefined,
      password: passwordFault(password),
    }),
    places: {
      email_taken: { at: 'email', says: 'This e-mail has an account already. Invite it instead.' },
      password_refused: 'password',
      rank_too_high: 'role',
      permission_not_held: 'role',
    },
    send: ({ email, name, password, role, teams: memberships }, options) =>
      tims.users.create(
        { email: email.trim(), name: name.trim(), password, role, teams: memberships.map((team) => ({ ...team })) },
        options,
      ),
    onDone(user) {
      onClose();
      refresh('users', 'teams');
      toast({ title: `${user.name} is added`, description: 'Tell them the password yourself.' });
    },
  });
  return (
    <FormDialog
      form={form}
      title="Add somebody without a mail"
      description="They sign in with the password that you choose, and change it in their account."
      action="Add"
      onClose={onClose}
    >
      <TextField {...form.field('email')} label="E-mail" type="email" autoComplete="off" maxLength={191} />
      <TextField {...form.field('name')} label="Name" autoComplete="off" maxLength={200} />
      <PasswordField {...form.field('password')} label="Password" hint={passwordHint} autoComplete="new-password" />
      <SelectField {...form.field('role')} label="Role" choices={roleChoices(me, roles, 'agent')} />
      <TeamsField {...form.field('teams')} teams={teams} />
    </FormDialog>
  );
}
