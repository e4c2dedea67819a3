import type { Role } from '@tims/sdk';
import { Eye, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { refusalToGive } from '../data/granting.js';
import { useRoles, useUsers } from '../data/lists.js';
import { Badge } from '../frame/Badge.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh } from '../frame/use-resource.js';
import { RoleForm } from './RoleForm.js';
import { RoleMatrix } from './RoleMatrix.js';

/** Who may do what. */
export default function RolesPage() {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const roles = useRoles();
  const users = useUsers().data;
  const [editing, setEditing] = useState<Role | 'new'>();
  const [removing, setRemoving] = useState<Role>();
  const mayWrite = me.permissions['roles:write'] !== undefined;
  const holders = ({ key }: Role) => users?.filter(({ role, status }) => role === key && status === 'active').length;

  function refused(role: Role): string | undefined {
    if (role.builtIn) return 'Every organization has it; it stays as it is';
    const why = refusalToGive(me, roles.data ?? [], role);
    return why && `It is ${why}`;
  }

  return (
    <PageFrame
      title="Roles"
      says="Who may do what, and how far. Every organization has five roles, and makes more of its own."
      readOnly={mayWrite ? undefined : 'Your role reads the roles. Administrators make and change them.'}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setEditing('new')}>
            <Plus aria-hidden="true" className="size-4" /> New role
          </Button>
        )
      }
    >
      <ResourceTable
        label="Roles"
        rows={roles.data}
        error={roles.error}
        onRetry={roles.retry}
        busy={roles.busy}
        keyOf={({ key }) => key}
        nameOf={({ name }) => name}
        onOpen={(role) => setEditing(role)}
        columns={[
          {
            title: 'Name',
            cell: ({ name, key, builtIn }) => (
              <span className="block">
                <span className="flex flex-wrap items-center gap-x-2">
                  <span dir="auto" className="font-medium">
                    {name}
                  </span>
                  {!builtIn && <Badge tone="accent">Your own</Badge>}
                </span>
                <span className="font-mono text-text-muted text-xs">{key}</span>
              </span>
            ),
          },
          { title: 'Rank', cell: ({ rank }) => <span className="tabular-nums">{rank}</span> },
          { title: 'People', from: 'sm', cell: (role) => <span className="tabular-nums">{holders(role) ?? '–'}</span> },
          {
            title: 'Permissions',
            from: 'sm',
            cell: ({ permissions }) => <span className="tabular-nums">{permissions.length}</span>,
          },
        ]}
        actions={(role) =>
          mayWrite
            ? [
                { label: 'Look at it', icon: Eye, run: () => setEditing(role) },
                { label: 'Edit', icon: Pencil, refused: refused(role), run: () => setEditing(role) },
                { label: 'Remove', icon: Trash2, danger: true, refused: refused(role), run: () => setRemoving(role) },
              ].filter(({ label }) => (refused(role) === undefined ? label !== 'Look at it' : true))
            : []
        }
        empty={{ title: 'No roles', text: 'Every organization has five.' }}
      />
      {roles.data && <RoleMatrix roles={roles.data} />}
      {editing && (
        <RoleForm
          key={editing === 'new' ? 'new' : editing.key}
          role={editing === 'new' ? undefined : editing}
          roles={roles.data ?? []}
          readOnly={
            editing === 'new' ? undefined : mayWrite ? refused(editing) : 'Your role reads the roles and changes none'
          }
          onDone={({ name }) => {
            setEditing(undefined);
            refresh('roles');
            toast({ title: `The role ${name} is saved` });
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove the role ${removing.name}?`}
          action="Remove"
          run={(options) => tims.roles.delete({ key: removing.key }, options)}
          onDone={() => {
            refresh('roles');
            toast({ title: `The role ${removing.name} is removed` });
          }}
          onClose={() => setRemoving(undefined)}
        >
          A role that somebody has, or is invited to, is not removed.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
