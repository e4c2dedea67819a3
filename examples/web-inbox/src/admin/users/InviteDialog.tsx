import type { Answer } from '@tims/sdk';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { roleChoices } from '../data/granting.js';
import { useRoles, useTeamList } from '../data/lists.js';
import { useRefresh } from '../frame/use-resource.js';
import { emailFault } from './email.js';
import { SentDialog } from './SentDialog.js';
import { type Membership, TeamsField } from './TeamsField.js';

interface Values {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly teams: readonly Membership[];
}

/** Invites somebody by mail. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const roles = useRoles().data;
  const teams = useTeamList().data ?? [];
  const [sent, setSent] = useState<Answer<'invitations.create'>>();
  const initial: Values = { email: '', name: '', role: 'agent', teams: [] };
  const form = useForm<Values, Answer<'invitations.create'>>({
    initial,
    check: ({ email }) => ({ email: emailFault(email) }),
    places: {
      email_taken: {
        at: 'email',
        says: 'Somebody with this e-mail works here already. Look among the users, also the deactivated ones.',
      },
      already_invited: {
        at: 'email',
        says: 'This e-mail is invited already. Send that invitation again, or withdraw it.',
      },
      rank_too_high: 'role',
      permission_not_held: 'role',
    },
    send: ({ email, name, role, teams: memberships }, options) =>
      tims.invitations.create(
        {
          email: email.trim(),
          ...(name.trim() === '' ? {} : { name: name.trim() }),
          role,
          teams: memberships.map((team) => ({ ...team })),
        },
        options,
      ),
    onDone(invitation) {
      refresh('invitations');
      setSent(invitation);
    },
  });

  if (sent) return <SentDialog invitation={sent} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title="Invite somebody"
      description="They get a mail with a link, which works once, for seven days."
      action="Send the invitation"
      onClose={onClose}
    >
      <TextField {...form.field('email')} label="E-mail" type="email" autoComplete="off" maxLength={191} />
      <TextField
        {...form.field('name')}
        label="Name"
        optional
        hint="As far as you know it; they may say another."
        autoComplete="off"
        maxLength={200}
      />
      <SelectField {...form.field('role')} label="Role" choices={roleChoices(me, roles, 'agent')} />
      <TeamsField {...form.field('teams')} teams={teams} />
    </FormDialog>
  );
}
