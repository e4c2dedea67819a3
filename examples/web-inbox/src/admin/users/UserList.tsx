import type { User } from '@tims/sdk';
import { Activity, KeyRound, Pencil, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { navigate } from '../../app/router.js';
import { controlClass } from '../../forms/Field.js';
import { Choices } from '../../forms/inputs.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Avatar, cx, RelativeTime } from '../../inbox-kit/ui.js';
import { nameOfRole } from '../data/granting.js';
import { useRoles, useTeamList, useUsers } from '../data/lists.js';
import { Badge } from '../frame/Badge.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import type { RowAction } from '../frame/RowMenu.js';
import { PasswordForm } from './PasswordForm.js';
import { UserForm } from './UserForm.js';
import { type Question, UserQuestion } from './UserQuestion.js';

/** Everybody who has a place here, and what can be done with each. */
export function UserList({ mayWrite }: { mayWrite: boolean }) {
  const { me } = useAppInbox();
  const users = useUsers();
  const roles = useRoles().data;
  const teams = useTeamList().data;
  const colleagues = useColleagues();
  const [status, setStatus] = useState('active');
  const [doing, setDoing] = useState<{ user: User; what: 'edit' | 'password' | Question }>();
  const teamNames = (user: User) =>
    user.teams
      .map(({ id, lead }) => `${teams?.find((team) => team.id === id)?.name ?? '…'}${lead ? ' (lead)' : ''}`)
      .join(', ');
  const close = () => setDoing(undefined);
  const rows = users.data?.filter((user) => status === '' || user.status === status);

  function actionsOf(user: User): readonly RowAction[] {
    const self = user.id === me.id ? 'This is you: look in your account' : undefined;
    const open = (what: 'edit' | 'password' | Question) => () => setDoing({ user, what });
    return [
      ...(mayWrite
        ? [
            { label: 'Edit', icon: Pencil, run: open('edit') },
            { label: 'Set a password', icon: KeyRound, refused: self, run: open('password') },
            { label: 'Reset the second factor', icon: ShieldOff, refused: self, run: open('second-factor') },
          ]
        : []),
      ...(me.permissions['activities:read'] !== undefined
        ? [{ label: 'What they did', icon: Activity, run: () => navigate(`/admin/activity?user=${user.id}`) }]
        : []),
      ...(mayWrite && user.status === 'active'
        ? [
            {
              label: 'Deactivate',
              icon: UserX,
              danger: true,
              refused: self && 'Nobody deactivates themselves',
              run: open('deactivate'),
            },
          ]
        : []),
      ...(mayWrite && user.status === 'deactivated'
        ? [{ label: 'Activate', icon: UserCheck, run: open('activate') }]
        : []),
    ];
  }

  return (
    <>
      <ResourceTable
        label="Users"
        rows={rows}
        error={users.error}
        onRetry={users.retry}
        busy={users.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        searchIn={(user) => `${user.name} ${user.email} ${nameOfRole(roles, user.role)} ${teamNames(user)}`}
        filters={<StatusFilter value={status} onValue={setStatus} />}
        onOpen={(user) => setDoing({ user, what: 'edit' })}
        columns={[
          {
            title: 'Name',
            cell: (user) => (
              <span className="flex min-w-0 items-center gap-3">
                <Avatar name={user.name} id={user.id} size="sm" online={colleagues.get(user.id)?.online ?? false} />
                <span className="min-w-0">
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span dir="auto" className="break-words font-medium">
                      {user.name}
                    </span>
                    {user.id === me.id && <Badge tone="accent">You</Badge>}
                    {user.status === 'deactivated' && <Badge tone="warning">Deactivated</Badge>}
                  </span>
                  <span className="block break-all text-text-muted text-xs">{user.email}</span>
                  <span className="block text-text-muted text-xs sm:hidden">{nameOfRole(roles, user.role)}</span>
                </span>
              </span>
            ),
          },
          { title: 'Role', from: 'sm', cell: ({ role }) => nameOfRole(roles, role) },
          {
            title: 'Teams',
            from: 'md',
            cell: (user) => <span className="text-text-muted">{teamNames(user) || 'None'}</span>,
          },
          {
            title: 'Last seen',
            from: 'lg',
            cell: (user) => <LastSeen at={user.lastSeenAt} online={colleagues.get(user.id)?.online ?? false} />,
          },
        ]}
        actions={actionsOf}
        empty={{ title: 'Nobody here', text: 'No user is in this state.' }}
      />
      {doing?.what === 'edit' && <UserForm user={doing.user} readOnly={!mayWrite} onClose={close} />}
      {doing?.what === 'password' && <PasswordForm user={doing.user} onClose={close} />}
      {doing && doing.what !== 'edit' && doing.what !== 'password' && (
        <UserQuestion user={doing.user} question={doing.what} onClose={close} />
      )}
    </>
  );
}

function LastSeen({ at, online }: { at: string | null; online: boolean }) {
  if (online) return <span className="text-success">Here now</span>;
  return <span className="text-text-muted">{at === null ? 'Never' : <RelativeTime at={at} />}</span>;
}

const states = [
  { value: 'active', label: 'Active' },
  { value: 'deactivated', label: 'Deactivated' },
  { value: '', label: 'All' },
];

function StatusFilter({ value, onValue }: { value: string; onValue(value: string): void }) {
  return (
    <select
      aria-label="State"
      value={value}
      onChange={(event) => onValue(event.target.value)}
      className={cx(controlClass, 'h-9 max-w-40 pointer-coarse:h-11')}
    >
      <Choices choices={states} />
    </select>
  );
}
