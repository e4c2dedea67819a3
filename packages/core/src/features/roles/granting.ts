import type { Actor, Grants } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { covers, type Permission, permissions } from './table.js';

/**
 * Nobody grants what they lack: neither a rank above their own, nor a permission that they do not hold at least as far.
 * The same holds for a role that is made, one that is given, and a password that is set: whoever knows the password of
 * somebody else can do what they can.
 *
 * @throws TimsError `rank_too_high`, `permission_not_held`
 */
export function demandGrantable(actor: Actor, { rank, grants }: { rank: number; grants: Grants }): void {
  if (actor.type === 'system') return;
  if (rank > actor.rank) fail('rank_too_high');
  const lacking = permissions.find((permission: Permission) => {
    const given = grants[permission];
    return given !== undefined && !covers(actor.grants[permission], given);
  });
  if (lacking) fail('permission_not_held', `It needs ${lacking} in the same scope`);
}
