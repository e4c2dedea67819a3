import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import type { Actor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { newPasswordHash } from './passwords.js';
import { endKeys, endSessions, findAccount, findUser, insertAccount, insertUser, setStatus } from './repository.js';
import type { NewUser, User, UserPatch } from './schema.js';

export const createUser = action(
  'users.create',
  (ctx, { password: _hashed, ...input }: NewUser, passwordHash: string) => addUser(ctx, { ...input, passwordHash }),
  async (installation, actor, { role, password }) => {
    demand(actor, 'users:write');
    await demandRank(installation, actor, role);
    return newPasswordHash(installation, password);
  },
);

/** Activates or deactivates; a deactivated user's tokens and sockets end at once. */
export const updateUser = action('users.update', async (ctx, input: UserPatch & { id: string }) => {
  demand(ctx.actor, 'users:write');
  const user = (await findUser(ctx, input.id)) ?? fail('not_found');
  await demandRank(ctx.installation, ctx.actor, user.role);
  if (input.id === ctx.actor.id) fail('forbidden', 'Nobody deactivates themselves');
  if (user.status === input.status) return user;
  await setStatus(ctx, input.id, input.status);
  if (input.status === 'deactivated') {
    await endSessions(ctx, input.id);
    await endKeys(ctx, input.id);
  }
  ctx.append({
    type: 'user.updated',
    entityId: input.id,
    entityVersion: user.version + 1,
    changes: { status: [user.status, input.status] },
  });
  return { ...user, status: input.status, version: user.version + 1 };
});

/** Adds a user inside another action's transaction; the caller has decided that it may, and hashed the password. */
export async function addUser(
  ctx: Context,
  input: Omit<NewUser, 'password'> & { passwordHash: string; operator?: boolean },
): Promise<User> {
  // An account is known to the installation, but who else has one is nobody's business: taken is all that is said.
  if (await findAccount(ctx, input.email)) fail('email_taken');
  for (const team of input.teams ?? []) {
    if (!(await teamExists(ctx, team.id))) fail('not_found', `There is no team ${team.id}`);
  }
  const { email, name, passwordHash, operator = false } = input;
  const accountId = newId('account');
  await insertAccount(ctx, { id: accountId, email, name, passwordHash, operator });
  const id = newId('user');
  await insertUser(ctx, { id, accountId, role: input.role, teams: input.teams ?? [] });
  ctx.append({ type: 'user.created', entityId: id, entityVersion: 1, changes: { role: input.role } });
  return (await findUser(ctx, id)) ?? fail('internal_error');
}

/** Nobody makes, changes or removes somebody who stands above them; a role that there is not is refused. */
async function demandRank(installation: Installation, actor: Actor, key: string): Promise<void> {
  if (actor.type === 'system') return;
  const role = (await installation.rules.of(actor.organization)).role(key);
  if (!role) fail('not_found', `There is no role ${key}`);
  if (role.rank > actor.rank) fail('rank_too_high');
}
