import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { demandGrantable, findBuiltInRole, lockRole } from '../roles/index.js';
import { lockTeams } from '../teams/index.js';
import { findUser, lockAdministrators, lockUser } from './repository.js';
import type { User } from './schema.js';

/** The user, locked until the transaction ends, whom the actor may change: nobody touches somebody who stands above them. */
export async function changeable(ctx: Context, id: string): Promise<User> {
  const user = (await lockUser(ctx, id)) && (await findUser(ctx, id));
  if (!user) fail('not_found', `There is no user ${id}`);
  const role = await roleOf(ctx, user.role);
  if (ctx.actor.type === 'user' && role && role.rank > ctx.actor.rank) fail('rank_too_high');
  return user;
}

/** A role that there is and that the actor may give. It is not removed before the transaction ends. */
export async function demandRole(ctx: Context, key: string): Promise<void> {
  demandGrantable(ctx.actor, (await roleOf(ctx, key)) ?? fail('not_found', `There is no role ${key}`));
}

/** Locks the teams, so that those who join and leave them at once wait for each other. */
export async function demandTeams(ctx: Context, ids: readonly string[]): Promise<void> {
  const there = new Set((await lockTeams(ctx, ids)).map(({ id }) => id));
  const missing = ids.find((id) => !there.has(id));
  if (missing) fail('not_found', `There is no team ${missing}`);
}

/** Waits for whoever else removes an administrator: the second of two sees what the first left. */
export async function demandAnotherAdministrator(ctx: Context, id: string): Promise<void> {
  const administrators = await lockAdministrators(ctx);
  if (administrators.length === 1 && administrators[0] === id) fail('last_administrator');
}

function roleOf(ctx: Context, key: string) {
  return findBuiltInRole(key) ?? lockRole(ctx, key);
}
