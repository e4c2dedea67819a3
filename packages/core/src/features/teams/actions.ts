import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { timestamp } from '../../kernel/schema.js';
import { demand } from '../roles/index.js';
import { insertTeam, keyTaken } from './repository.js';
import type { NewTeam, Team } from './schema.js';

export const createTeam = action('teams.create', async (ctx, input: NewTeam) => {
  demand(ctx.actor, 'teams:write');
  return addTeam(ctx, input);
});

/** Adds a team inside another action's transaction; the caller has decided that it may. */
export async function addTeam(ctx: Context, input: NewTeam): Promise<Team> {
  if (await keyTaken(ctx, input.key)) fail('team_key_taken', `There is a team ${input.key}`);
  const id = newId('team');
  await insertTeam(ctx, { id, key: input.key, name: input.name });
  ctx.append({ type: 'team.created', entityId: id, entityVersion: 1 });
  const createdAt = timestamp(ctx.installation.clock.now());
  return { id, key: input.key, name: input.name, members: [], version: 1, createdAt };
}
