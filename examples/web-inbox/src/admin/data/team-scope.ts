import type { Me, Team } from '@tims/sdk';
import type { Choice } from '../../forms/inputs.js';
import type { Permission } from '../pages.js';

/** Whether the reader may write what belongs to the team; null is everybody's. */
export function mayWriteIn(me: Me, permission: Permission, teamId: string | null): boolean {
  const scope = me.permissions[permission];
  if (scope === 'all') return true;
  return scope === 'team' && teamId !== null && me.teams.some(({ id }) => id === teamId);
}

/** Whose it is to be: everybody's, or a team's; as far as the reader may decide it. */
export function ownerChoices(me: Me, permission: Permission, teams: readonly Team[]): readonly Choice[] {
  const own = teams
    .filter(({ id }) => mayWriteIn(me, permission, id))
    .map(({ id, name }) => ({ value: id, label: name }));
  return mayWriteIn(me, permission, null) ? [{ value: '', label: 'Every team' }, ...own] : own;
}

/** Why a line cannot be changed; undefined where it can. */
export function refusalToWrite(me: Me, permission: Permission, teamId: string | null): string | undefined {
  if (mayWriteIn(me, permission, teamId)) return undefined;
  return teamId === null ? 'It is every team’s: administrators change it' : 'It belongs to a team that is not yours';
}

/** Whose something is, in words. */
export function ownerName(teams: readonly Team[] | undefined, teamId: string | null): string {
  if (teamId === null) return 'Every team';
  return teams?.find(({ id }) => id === teamId)?.name ?? 'A team';
}
