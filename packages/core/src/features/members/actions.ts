import { action } from '../../database/action.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { findTeam } from '../teams/index.js';
import { changeable, moveTeams } from '../users/index.js';
import type { NewMember } from './schema.js';

/** Adds a user to the team, or says whether they lead it. Twice is once. */
export const addMember = action('teams.addMember', async (ctx, input: NewMember & { id: string }) => {
  demand(ctx.actor, 'teams:write');
  if (!(await findTeam(ctx, input.id))) fail('not_found', `There is no team ${input.id}`);
  const user = await changeable(ctx, input.userId);
  const here = user.teams.find((team) => team.id === input.id);
  const lead = input.lead ?? here?.lead ?? false;
  const others = user.teams.filter((team) => team.id !== input.id);
  await moveTeams(ctx, user, [...others, { id: input.id, lead }]);
  return (await findTeam(ctx, input.id)) ?? fail('internal_error');
});

/** Takes a user out of the team. What they have assigned stays theirs; another of their teams becomes the primary one. */
export const removeMember = action('teams.removeMember', async (ctx, input: { id: string; userId: string }) => {
  demand(ctx.actor, 'teams:write');
  if (!(await findTeam(ctx, input.id))) fail('not_found', `There is no team ${input.id}`);
  const user = await changeable(ctx, input.userId);
  await moveTeams(
    ctx,
    user,
    user.teams.filter((team) => team.id !== input.id),
  );
  return (await findTeam(ctx, input.id)) ?? fail('internal_error');
});
