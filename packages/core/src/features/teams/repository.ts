import type { Context, ReadContext } from '../../database/context.js';
import { timestamp } from '../../kernel/schema.js';
import type { Team } from './schema.js';

interface TeamRow {
  id: string;
  key: string;
  name: string;
  version: number;
  created_at: number;
}

interface MemberRow {
  team_id: string;
  user_id: string;
  is_lead: number;
}

/** All teams with their members, by key. An organization has tens of teams, not thousands: no paging. */
export async function listTeams({ trx, organization }: ReadContext): Promise<Team[]> {
  const teams: TeamRow[] = await trx('teams').where('organization_id', organization).orderBy('key');
  const members: MemberRow[] = await trx('team_members').where('organization_id', organization).orderBy('user_id');
  return teams.map((team) => present(team, members));
}

function present(team: TeamRow, members: readonly MemberRow[]): Team {
  return {
    id: team.id,
    key: team.key,
    name: team.name,
    members: members
      .filter((member) => member.team_id === team.id)
      .map((member) => ({ userId: member.user_id, lead: member.is_lead === 1 })),
    version: team.version,
    createdAt: timestamp(team.created_at),
  };
}

export async function findTeam({ trx, organization }: ReadContext, id: string): Promise<Team | undefined> {
  const place = { organization_id: organization };
  const row: TeamRow | undefined = await trx('teams')
    .where({ ...place, id })
    .first();
  if (!row) return undefined;
  const members: MemberRow[] = await trx('team_members')
    .where({ ...place, team_id: id })
    .orderBy('user_id');
  return present(row, members);
}

export async function listTeamIds({ trx, organization }: ReadContext): Promise<string[]> {
  const rows: { id: string }[] = await trx('teams').where('organization_id', organization).select('id');
  return rows.map((row) => row.id);
}

export async function teamExists({ trx, organization }: ReadContext, id: string): Promise<boolean> {
  return (await trx('teams').where({ organization_id: organization, id }).first('id')) !== undefined;
}

export async function keyTaken({ trx, organization }: ReadContext, key: string): Promise<boolean> {
  return (await trx('teams').where({ organization_id: organization, key }).first('id')) !== undefined;
}

export async function insertTeam(ctx: Context, team: { id: string; key: string; name: string }): Promise<void> {
  await ctx.trx('teams').insert({
    organization_id: ctx.organization,
    ...team,
    version: 1,
    created_at: ctx.installation.clock.now(),
  });
}
