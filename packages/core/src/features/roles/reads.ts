import type { ReadContext } from '../../database/context.js';
import { timestamp } from '../../kernel/schema.js';
import { type CustomRole, readCustomRoles } from './repository.js';
import type { RoleView } from './schema.js';
import { permissions, type Role, roles } from './table.js';

/** The five that every organization has and its own, highest first. There are tens, not thousands: no paging. */
export async function listRoles({ trx, organization }: ReadContext): Promise<RoleView[]> {
  const own = await readCustomRoles(trx, organization);
  const all: (Role | CustomRole)[] = [...roles, ...own];
  return all.sort((a, b) => b.rank - a.rank).map(presentRole);
}

export function presentRole(role: Role | CustomRole): RoleView {
  const own = 'version' in role ? role : undefined;
  return {
    key: role.key,
    name: role.name,
    rank: role.rank,
    permissions: permissions.flatMap((permission) => {
      const scope = role.grants[permission];
      return scope ? { permission, scope } : [];
    }),
    builtIn: own === undefined,
    version: own?.version ?? 1,
    createdAt: timestamp(own?.createdAt ?? null),
  };
}
