import { isTimsError, type Role } from '@tims/sdk';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import type { Grant } from '../data/lists.js';
import { permissionNames } from '../data/permissions.js';
import type { Permission } from '../pages.js';
import { type Granted, PermissionTable } from './PermissionTable.js';

export interface RoleFormProps {
  role: Role | undefined;
  roles: readonly Role[];
  /** Why it cannot be changed. */
  readOnly: string | undefined;
  onDone(role: Role): void;
  onClose(): void;
}

interface Values {
  readonly name: string;
  readonly key: string;
  readonly rank: string;
  readonly permissions: Granted;
}

/** A role: what it is called, where it stands, and what it may do. */
export function RoleForm({ role, roles, readOnly, onDone, onClose }: RoleFormProps) {
  const { tims, me } = useAppInbox();
  const closed = readOnly !== undefined;
  const ownRank = roles.find(({ key }) => key === me.role)?.rank ?? 50;
  const [wrong, setWrong] = useState<{ permission: Permission; why: string }>();
  const initial: Values = {
    name: role?.name ?? '',
    key: role?.key ?? '',
    rank: String(role?.rank ?? 10),
    permissions: role
      ? Object.fromEntries(role.permissions.map(({ permission, scope }) => [permission, scope]))
      : { 'directory:read': 'all', 'events:read': 'all' },
  };
  const form = useForm<Values, Role>({
    initial,
    check: ({ name, key, rank }) => ({
      name: name.trim() === '' ? 'Give it a name.' : undefined,
      key: /^[a-z][a-z0-9_]{0,31}$/.test(key)
        ? undefined
        : 'Small letters, digits and _, beginning with a letter; 32 at most.',
      rank: rankFault(rank, ownRank),
    }),
    places: { role_key_taken: 'key', rank_too_high: 'rank' },
    async send({ name, key, rank, permissions }, options) {
      setWrong(undefined);
      const body = { name: name.trim(), rank: Number(rank), permissions: grantsOf(permissions) };
      try {
        return await (role
          ? tims.roles.update({ key: role.key, ...body }, options)
          : tims.roles.create({ key, ...body }, options));
      } catch (error) {
        if (isTimsError(error, 'role_senseless') || isTimsError(error, 'permission_not_held'))
          setWrong(faultIn(error.detail));
        throw error;
      }
    },
    onDone,
  });

  return (
    <FormDialog
      form={form}
      title={role ? role.name : 'New role'}
      description={readOnly && `${readOnly}.`}
      action={role ? 'Save' : 'Make the role'}
      wide
      readOnly={closed}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField {...form.field('name')} label="Name" maxLength={200} readOnly={closed} />
        <TextField
          {...form.field('key')}
          label="Key"
          hint={role ? undefined : 'For programs: night_shift.'}
          maxLength={32}
          readOnly={closed || role !== undefined}
          spellCheck={false}
          autoCapitalize="off"
          mono
        />
        <TextField
          {...form.field('rank')}
          label="Rank"
          hint={closed ? undefined : `1 to ${ownRank}: nobody gives a role above their own.`}
          inputMode="numeric"
          maxLength={2}
          readOnly={closed}
        />
      </div>
      <PermissionTable {...form.field('permissions')} held={me.permissions} readOnly={closed} wrong={wrong} />
    </FormDialog>
  );
}

function rankFault(rank: string, own: number): string | undefined {
  const value = Number(rank);
  return Number.isInteger(value) && value >= 1 && value <= own ? undefined : `A whole number from 1 to ${own}.`;
}

function grantsOf(granted: Granted): Grant[] {
  return permissionNames.flatMap((permission) => {
    const scope = granted[permission];
    return scope ? [{ permission, scope }] : [];
  });
}

/** The server says which permission it is about before anything else, or after "It needs". */
function faultIn(detail: string | undefined): { permission: Permission; why: string } | undefined {
  const name = /^(?:It needs )?([a-z_]+:[a-z_]+)/.exec(detail ?? '')?.[1];
  const permission = permissionNames.find((one) => one === name);
  return permission && { permission, why: detail ?? '' };
}
