import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand } from '../roles/index.js';
import { findTeam, insertTeam, keyTaken, lockTeams, raiseVersions, saveTeam } from './repository.js';
import type { NewTeam, Team, TeamPatch } from './schema.js';

export const createTeam = action('teams.create', async (ctx, input: NewTeam) => {
  demand(ctx.actor, 'teams:write');
  return addTeam(ctx, input);
});

export const updateTeam = action('teams.update', async (ctx, { id, ...input }: TeamPatch & { id: string }) => {
  demand(ctx.actor, 'teams:write');
  const [team] = await lockTeams(ctx, [id]);
  if (!team) fail('not_found', `There is no team ${id}`);
  const { key = team.key, name = team.name } = input;
  if (key !== team.key && (await keyTaken(ctx, key))) fail('team_key_taken', `There is a team ${key}`);
  if (key !== team.key || name !== team.name) {
    await saveTeam(ctx, { id, key, name });
    const changed = [...(key === team.key ? [] : ['key']), ...(name === team.name ? [] : ['name'])];
    ctx.append({ type: 'team.updated', entityId: id, entityVersion: team.version + 1, changes: { changed } });
  }
  return (await findTeam(ctx, id)) ?? fail('internal_error');
});

/** Adds a team inside another action's transaction; the caller has decided that it may. */
export async function addTeam(ctx: Context, input: NewTeam): Promise<Team> {
  if (await keyTaken(ctx, input.key)) fail('team_key_taken', `There is a team ${input.key}`);
  const id = newId('team');
  await insertTeam(ctx, { id, key: input.key, name: input.name });
  ctx.append({ type: 'team.created', entityId: id, entityVersion: 1 });
  return (await findTeam(ctx, id)) ?? fail('internal_error');
}

/** Says of the teams that somebody came, went, or leads them now; the members are the caller's to change. */
export async function membersChanged(ctx: Context, ids: readonly string[], userId: string): Promise<void> {
  if (ids.length === 0) return;
  const teams = await lockTeams(ctx, ids);
  await raiseVersions(ctx, ids);
  for (const { id, version } of teams) {
    ctx.append({ type: 'team.updated', entityId: id, entityVersion: version + 1, changes: { userId } });
  }
}
