import type { Me, Role } from '@tims/sdk';
import { roleName } from '../../app/sidebar/Me.js';
import type { Choice } from '../../forms/inputs.js';

export type Scope = 'all' | 'team' | 'assigned' | 'own';

/** How far a scope reaches, the narrowest first. */
const reach: readonly Scope[] = ['own', 'assigned', 'team', 'all'];

/** Whether whoever holds `held` may hand on `given`: nobody grants what they lack. */
export function covers(held: Scope | undefined, given: Scope): boolean {
  return held !== undefined && reach.indexOf(held) >= reach.indexOf(given);
}

/** Why the reader may not give the role; undefined where they may. */
export function refusalToGive(me: Me, roles: readonly Role[], role: Role): string | undefined {
  const own = roles.find(({ key }) => key === me.role);
  if (own && role.rank > own.rank) return 'above your own';
  const lacking = role.permissions.find(({ permission, scope }) => !covers(me.permissions[permission], scope));
  return lacking && `needs ${lacking.permission}, which you lack`;
}

/** The roles to choose from, highest first; one that the reader may not give says why. */
export function roleChoices(me: Me, roles: readonly Role[] | undefined, current: string): readonly Choice[] {
  if (!roles || roles.length === 0) return [{ value: current, label: roleName(current) }];
  return roles.map((role) => ({
    value: role.key,
    label: role.name,
    refused: role.key === current ? undefined : refusalToGive(me, roles, role),
  }));
}

/** A role as people call it. */
export function nameOfRole(roles: readonly Role[] | undefined, key: string): string {
  return roles?.find((role) => role.key === key)?.name ?? roleName(key);
}
