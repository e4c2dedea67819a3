import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import type { Actor, Grants, UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { demandGrantable } from './granting.js';
import { demand } from './policy.js';
import { presentRole } from './reads.js';
import { countHolders, deleteRoleRow, insertRole, lockRole, saveRole } from './repository.js';
import type { NewRole, RolePatch } from './schema.js';
import { demandSense } from './sense.js';
import { findBuiltInRole } from './table.js';

/** Each holds for the next request of this server at once, and for open sockets and other servers within seconds. */
export const createRole = thenRefresh(
  action('roles.create', async (ctx, { permissions, ...input }: NewRole) => {
    demand(ctx.actor, 'roles:write');
    const role = { ...input, grants: grantsOf(permissions) };
    demandMay(ctx.actor, role);
    if (findBuiltInRole(role.key) || (await lockRole(ctx, role.key))) {
      fail('role_key_taken', `There is a role ${role.key}`);
    }
    await insertRole(ctx, role);
    appendChange(ctx, role.key, 1, { made: true });
    return presentRole((await lockRole(ctx, role.key)) ?? fail('internal_error'));
  }),
);

export const updateRole = thenRefresh(
  action('roles.update', async (ctx, { key, permissions, ...input }: RolePatch & { key: string }) => {
    demand(ctx.actor, 'roles:write');
    const before = await ownRole(ctx, key);
    const role = { ...before, ...input, ...(permissions ? { grants: grantsOf(permissions) } : {}) };
    demandMay(ctx.actor, role);
    const changed = (['name', 'rank', 'grants'] as const).filter(
      (name) => JSON.stringify(role[name]) !== JSON.stringify(before[name]),
    );
    if (changed.length === 0) return presentRole(before);
    const version = before.version + 1;
    await saveRole(ctx, { ...role, version });
    appendChange(ctx, key, version, { changed });
    return presentRole({ ...role, version });
  }),
);

export const deleteRole = thenRefresh(
  action('roles.delete', async (ctx, { key }: { key: string }) => {
    demand(ctx.actor, 'roles:write');
    const role = await ownRole(ctx, key);
    const { users, invitations } = await countHolders(ctx, key);
    if (users + invitations > 0) fail('role_in_use', `${users} users, ${invitations} invitations`);
    await deleteRoleRow(ctx, key);
    appendChange(ctx, key, role.version + 1, { removed: true });
  }),
);

/** A role of the organization's own that the actor stands as high as, locked: it is neither given nor removed meanwhile. */
async function ownRole(ctx: Context, key: string) {
  if (findBuiltInRole(key)) fail('role_built_in');
  const role = (await lockRole(ctx, key)) ?? fail('not_found', `There is no role ${key}`);
  if (ctx.actor.type === 'user' && role.rank > ctx.actor.rank) fail('rank_too_high');
  return role;
}

/** A role that makes sense, and gives nobody what its maker lacks. */
function demandMay(actor: Actor, role: { rank: number; grants: Grants }): void {
  demandGrantable(actor, role);
  demandSense(role.grants);
}

function grantsOf(list: NewRole['permissions']): Grants {
  const grants = Object.fromEntries(list.map(({ permission, scope }) => [permission, scope]));
  if (Object.keys(grants).length < list.length) fail('role_senseless', 'A permission stands there twice');
  return grants;
}

function appendChange(
  ctx: Context,
  key: string,
  version: number,
  changes: Record<string, boolean | readonly string[]>,
): void {
  ctx.append({ type: 'role.updated', entityId: key, entityVersion: version, changes });
}

/** What is remembered of the rules is from before the change. */
function thenRefresh<Input, Output>(
  act: (installation: Installation, actor: UserActor, input: Input, key?: string) => Promise<Output>,
) {
  return async (installation: Installation, actor: UserActor, input: Input, key?: string): Promise<Output> => {
    const answer = await act(installation, actor, input, key);
    installation.rules.refresh();
    return answer;
  };
}
