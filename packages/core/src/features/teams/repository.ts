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
  const byTeam = new Map(teams.map(({ id }): [string, MemberRow[]] => [id, []]));
  for (const member of members) byTeam.get(member.team_id)?.push(member);
  return teams.map((team) => present(team, byTeam.get(team.id) ?? []));
}

export async function findTeam({ trx, organization }: ReadContext, id: string): Promise<Team | undefined> {
  const team: TeamRow | undefined = await trx('teams').where({ organization_id: organization, id }).first();
  if (!team) return undefined;
  const members: MemberRow[] = await trx('team_members')
    .where({ organization_id: organization, team_id: id })
    .orderBy('user_id');
  return present(team, members);
}

export async function listTeamIds({ trx, organization }: ReadContext): Promise<string[]> {
  const rows: { id: string }[] = await trx('teams').where('organization_id', organization).select('id');
  return rows.map((row) => row.id);
}

export async function teamExists({ trx, organization }: ReadContext, id: string): Promise<boolean> {
  return (await trx('teams').where({ organization_id: organization, id }).first('id')) !== undefined;
}

/** Those of the teams that there are, locked until the transaction ends, in one order for everybody. */
export async function lockTeams(ctx: Context, ids: readonly string[]): Promise<TeamRow[]> {
  const query = ctx.trx('teams').where('organization_id', ctx.organization).whereIn('id', ids).orderBy('id');
  return ctx.installation.storage.dialect.forUpdate(query);
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

export async function saveTeam(ctx: Context, { id, key, name }: { id: string; key: string; name: string }) {
  await ctx
    .trx('teams')
    .where({ organization_id: ctx.organization, id })
    .update({ key, name, version: ctx.trx.raw('version + 1') });
}

export async function raiseVersions({ trx, organization }: Context, ids: readonly string[]): Promise<void> {
  await trx('teams')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .update({ version: trx.raw('version + 1') });
}

function present(team: TeamRow, members: readonly MemberRow[]): Team {
  return {
    id: team.id,
    key: team.key,
    name: team.name,
    members: members.map((member) => ({ userId: member.user_id, lead: member.is_lead === 1 })),
    version: team.version,
    createdAt: timestamp(team.created_at),
  };
}
