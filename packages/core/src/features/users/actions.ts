import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand, findRole } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { demandGoodPassword, hashPassword } from './passwords.js';
import { findAccount, findUser, insertAccount, insertUser, setStatus } from './repository.js';
import type { NewUser, User, UserPatch } from './schema.js';

export const createUser = action('users.create', async (ctx, input: NewUser) => {
  demand(ctx.actor, 'users:write');
  demandRank(ctx, input.role);
  return addUser(ctx, input);
});

/** Activates or deactivates; a deactivated user's tokens and sockets end at once. */
export const updateUser = action('users.update', async (ctx, input: UserPatch & { id: string }) => {
  demand(ctx.actor, 'users:write');
  const user = (await findUser(ctx, input.id)) ?? fail('not_found');
  demandRank(ctx, user.role);
  if (input.id === ctx.actor.id) fail('forbidden', 'Nobody deactivates themselves');
  if (user.status === input.status) return user;
  await setStatus(ctx, input.id, input.status);
  ctx.append({
    type: 'user.updated',
    entityId: input.id,
    entityVersion: user.version + 1,
    changes: { status: [user.status, input.status] },
  });
  return { ...user, status: input.status, version: user.version + 1 };
});

/** Adds a user inside another action's transaction; the caller has decided that it may. */
export async function addUser(ctx: Context, input: NewUser & { operator?: boolean }): Promise<User> {
  demandGoodPassword(input.password);
  // An account is known to the installation, but who else has one is nobody's business: taken is all that is said.
  if (await findAccount(ctx, input.email)) fail('email_taken');
  for (const team of input.teams ?? []) {
    if (!(await teamExists(ctx, team.id))) fail('not_found', `There is no team ${team.id}`);
  }
  const account = { id: newId('account'), email: input.email, name: input.name, operator: input.operator ?? false };
  await insertAccount(ctx, { ...account, passwordHash: await hashPassword(ctx.installation, input.password) });
  const id = newId('user');
  await insertUser(ctx, { id, accountId: account.id, role: input.role, teams: input.teams ?? [] });
  ctx.append({ type: 'user.created', entityId: id, entityVersion: 1, changes: { role: input.role } });
  return (await findUser(ctx, id)) ?? fail('internal_error');
}

function demandRank(ctx: Context, role: string): void {
  if (ctx.actor.type === 'system') return;
  const own = findRole(ctx.actor.role)?.rank ?? 0;
  if ((findRole(role)?.rank ?? Number.POSITIVE_INFINITY) > own) fail('rank_too_high');
}
