import type { User } from '@tims/sdk';
import { useAppInbox, useSession } from '../../app/app-inbox.js';
import { changesOf } from '../../forms/changes.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { toast } from '../../inbox-kit/ui.js';
import { refusalToGive, roleChoices } from '../data/granting.js';
import { useRoles, useTeamList } from '../data/lists.js';
import { useRefresh } from '../frame/use-resource.js';
import { type Membership, TeamsField } from './TeamsField.js';

interface Values {
  readonly name: string;
  readonly role: string;
  readonly teams: readonly Membership[];
  readonly primaryTeamId: string | null;
}

/** Name, role and teams of somebody who is here. */
export function UserForm({ user, readOnly, onClose }: { user: User; readOnly: boolean; onClose(): void }) {
  const { tims, me } = useAppInbox();
  const session = useSession();
  const refresh = useRefresh();
  const roles = useRoles().data;
  const teams = useTeamList().data ?? [];
  const { id, name, role, primaryTeamId } = user;
  const before: Values = { name, role, teams: user.teams, primaryTeamId };
  const above = aboveOf(roles ?? [], role);
  const closed = readOnly || above !== undefined;

  const form = useForm<Values, User>({
    initial: before,
    check: (values) => ({ name: values.name.trim() === '' ? 'Say what they are called.' : undefined }),
    places: {
      rank_too_high: 'role',
      permission_not_held: 'role',
      last_administrator: 'role',
      account_shared: 'name',
      primary_team_invalid: 'teams',
    },
    async send(values, options) {
      const changes = changesOf(before, settled(values));
      if (Object.keys(changes).length === 0) return user;
      const { teams: memberships, ...rest } = changes;
      return tims.users.update(
        { id, ...rest, ...(memberships ? { teams: memberships.map((team) => ({ ...team })) } : {}) },
        options,
      );
    },
    onDone(saved) {
      onClose();
      refresh('users', 'teams');
      if (saved.id === me.id) tims.me.get().then(session.renew, () => undefined); // an event tells as well
      toast({ title: `${saved.name} is saved` });
    },
  });

  function aboveOf(known: NonNullable<typeof roles>, key: string): string | undefined {
    const found = known.find((one) => one.key === key);
    return found && id !== me.id ? refusalToGive(me, known, found) : undefined;
  }

  return (
    <FormDialog
      form={form}
      title={user.name}
      description={
        above === undefined ? user.email : `${user.email}. You cannot change this user: their role is ${above}.`
      }
      action="Save"
      readOnly={closed}
      onClose={onClose}
    >
      <TextField {...form.field('name')} label="Name" maxLength={200} readOnly={closed} />
      <SelectField
        {...form.field('role')}
        label="Role"
        hint={id === me.id ? 'Nobody changes their own role.' : undefined}
        disabled={closed || id === me.id}
        choices={roleChoices(me, roles, user.role)}
      />
      <TeamsField {...form.field('teams')} teams={teams} primary={form.field('primaryTeamId')} disabled={closed} />
    </FormDialog>
  );
}

/** The primary team is one of the teams; the server chooses another where it is left. */
function settled(values: Values): Values {
  const { teams, primaryTeamId } = values;
  const stands = teams.some(({ id }) => id === primaryTeamId);
  return { ...values, name: values.name.trim(), primaryTeamId: stands ? primaryTeamId : (teams[0]?.id ?? null) };
}
