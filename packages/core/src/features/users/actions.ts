import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { addJob } from '../jobs/index.js';
import { demand } from '../roles/index.js';
import { membersChanged } from '../teams/index.js';
import { newPasswordHash } from './passwords.js';
import { findUser, insertUser, replaceTeams, saveUser, type UserChanges } from './repository.js';
import {
  accountOf,
  findAccount,
  insertAccount,
  isOperator,
  membershipsOf,
  saveAccount,
} from './repository-accounts.js';
import { endKeys, endSessions } from './repository-ending.js';
import type { NewUser, TeamsOfUser, User, UserPatch } from './schema.js';
import { changeable, demandAnotherAdministrator, demandRole, demandTeams } from './standing.js';

export const createUser = action(
  'users.create',
  async (ctx, { password: _hashed, ...input }: NewUser, passwordHash: string) => {
    await demandRole(ctx, input.role);
    return addUser(ctx, { ...input, passwordHash });
  },
  async (installation, actor, { password }) => {
    demand(actor, 'users:write');
    return newPasswordHash(installation, password);
  },
);

/**
 * Changes what is given. With another role, access tokens and sockets end, and a session goes on with what the new role
 * allows; a deactivated user's sessions end too.
 */
export const updateUser = action('users.update', async (ctx, { id, ...input }: UserPatch & { id: string }) => {
  demand(ctx.actor, 'users:write');
  if (id === ctx.actor.id && (input.status ?? input.role)) {
    fail('forbidden', 'Nobody deactivates themselves or changes their own role');
  }
  if (loses(input)) await demandAnotherAdministrator(ctx, id);
  const user = await changeable(ctx, id);
  if (input.role !== undefined && input.role !== user.role) await demandRole(ctx, input.role);
  if (input.name !== undefined && input.name !== user.name) await rename(ctx, id, input.name);
  const { touched, primaryTeamId } = await changeTeams(ctx, user, input);
  const changes = { ...differing(user, input), primaryTeamId };
  const signsOut = changes.role !== undefined || changes.status !== undefined;
  const changed = namesOf({
    name: input.name !== undefined && input.name !== user.name,
    teams: touched,
    primaryTeamId: primaryTeamId !== undefined,
  });
  if (!signsOut && changed.length === 0) return user;
  await saveUser(ctx, id, changes, signsOut);
  if (changes.status === 'deactivated') {
    await endSessions(ctx, id);
    await endKeys(ctx, id);
    await addJob(ctx, 'user.release', { organization: ctx.organization, userId: id });
  }
  ctx.append({
    type: 'user.updated',
    entityId: id,
    entityVersion: user.version + 1,
    changes: {
      ...(changes.role === undefined ? {} : { role: [user.role, changes.role] }),
      ...(changes.status === undefined ? {} : { status: [user.status, changes.status] }),
      ...(changed.length === 0 ? {} : { changed }),
    },
  });
  return (await findUser(ctx, id)) ?? fail('internal_error');
});

/** An administrator sets somebody's password; it ends their sessions. */
export const setPassword = action(
  'users.setPassword',
  async (ctx, { id }: { id: string; password: string }, passwordHash: string) => {
    if (id === ctx.actor.id) fail('forbidden', 'Your own is changed with PATCH /api/me, which asks for the old one');
    const user = await changeable(ctx, id);
    await demandRole(ctx, user.role);
    const accountId = await ownAccount(ctx, id);
    if (ctx.actor.type === 'user' && !ctx.actor.operator && (await isOperator(ctx, accountId))) fail('rank_too_high');
    await saveAccount(ctx, accountId, { passwordHash });
    await saveUser(ctx, id, {}, true);
    await endSessions(ctx, id);
    ctx.append({
      type: 'user.updated',
      entityId: id,
      entityVersion: user.version + 1,
      changes: { changed: ['password'] },
    });
  },
  async (installation, actor, { password }) => {
    demand(actor, 'users:write');
    return newPasswordHash(installation, password);
  },
);

/** Adds a user and their account inside another action's transaction; the caller has decided that it may. */
export async function addUser(
  ctx: Context,
  input: Omit<NewUser, 'password'> & { passwordHash: string; operator?: boolean },
): Promise<User> {
  // An account is known to the installation, but who else has one is nobody's business: taken is all that is said.
  if (await findAccount(ctx, input.email)) fail('email_taken');
  const { email, name, passwordHash, operator = false } = input;
  const accountId = newId('account');
  await insertAccount(ctx, { id: accountId, email, name, passwordHash, operator });
  return joinOrganization(ctx, { accountId, role: input.role, teams: input.teams ?? [] });
}

/** Makes an account a user of the organization; the caller has decided that it may, and that it is none yet. */
export async function joinOrganization(
  ctx: Context,
  { accountId, role, teams }: { accountId: string; role: string; teams: TeamsOfUser },
): Promise<User> {
  const teamIds = teams.map((team) => team.id);
  await demandTeams(ctx, teamIds);
  const id = newId('user');
  await insertUser(ctx, { id, accountId, role, teams });
  ctx.append({ type: 'user.created', entityId: id, entityVersion: 1, changes: { role } });
  await membersChanged(ctx, teamIds, id);
  return (await findUser(ctx, id)) ?? fail('internal_error');
}

/** Joins a team, leads it or no longer does, or leaves it, inside another action's transaction. */
export async function moveTeams(ctx: Context, user: User, teams: TeamsOfUser): Promise<void> {
  const { touched, primaryTeamId } = await changeTeams(ctx, user, { teams });
  if (!touched) return;
  await saveUser(ctx, user.id, { primaryTeamId }, false);
  const changed = namesOf({ teams: touched, primaryTeamId: primaryTeamId !== undefined });
  ctx.append({ type: 'user.updated', entityId: user.id, entityVersion: user.version + 1, changes: { changed } });
}

/**
 * Says in every organization of the account, but for the one that knows, that something of it changed: there too sockets
 * are open. Each has a log of its own, and so a transaction of its own.
 */
export async function tellElsewhere(
  installation: Installation,
  accountId: string,
  { but, operation, changed }: { but?: string; operation: string; changed: string[] },
): Promise<void> {
  const actor = { type: 'system', id: 'accounts' } as const;
  for (const { organizationId, userId } of await membershipsOf(reading(installation, '', actor), accountId)) {
    if (organizationId === but) continue;
    await transaction(installation, organizationId, actor, async (ctx) => {
      await saveUser(ctx, userId, {}, false);
      const entityVersion = (await findUser(ctx, userId))?.version ?? fail('internal_error');
      ctx.append({ type: 'user.updated', entityId: userId, entityVersion, changes: { changed } });
      ctx.record({ action: operation, entityId: userId, data: { changed } });
    });
  }
}

/** Moves the user between teams as `teams` says, and keeps the primary team one of them; answers what changed of the user. */
async function changeTeams(
  ctx: Context,
  user: User,
  { teams, primaryTeamId }: Pick<UserPatch, 'teams' | 'primaryTeamId'>,
): Promise<{ touched: boolean; primaryTeamId: string | null | undefined }> {
  const before = new Map(user.teams.map(({ id, lead }) => [id, lead]));
  const after = teams ? new Map(teams.map(({ id, lead = false }) => [id, lead])) : before;
  const touched = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
  if (touched.length > 0) {
    await demandTeams(ctx, touched);
    await replaceTeams(
      ctx,
      user.id,
      [...after].map(([id, lead]) => ({ id, lead })),
    );
    await membersChanged(ctx, touched, user.id);
  }
  const [first = null] = after.keys();
  const kept = user.primaryTeamId !== null && after.has(user.primaryTeamId) ? user.primaryTeamId : first;
  const primary = primaryTeamId === undefined ? kept : primaryTeamId;
  if (primary !== null && !after.has(primary)) fail('primary_team_invalid');
  return { touched: touched.length > 0, primaryTeamId: primary === user.primaryTeamId ? undefined : primary };
}

function differing(user: User, { role, status }: UserPatch): Pick<UserChanges, 'role' | 'status'> {
  return {
    ...(role === undefined || role === user.role ? {} : { role }),
    ...(status === undefined || status === user.status ? {} : { status }),
  };
}

function namesOf(changes: Record<string, boolean>): string[] {
  return Object.keys(changes).filter((name) => changes[name]);
}

function loses({ role, status }: UserPatch): boolean {
  return status === 'deactivated' || (role !== undefined && role !== 'admin');
}

async function rename(ctx: Context, id: string, name: string): Promise<void> {
  await saveAccount(ctx, await ownAccount(ctx, id), { name });
}

/** The account of a user that belongs to this organization alone: what others share is not this one's to change. */
async function ownAccount(ctx: Context, userId: string): Promise<string> {
  const accountId = await accountOf(ctx, userId);
  if ((await membershipsOf(ctx, accountId)).length > 1) fail('account_shared');
  return accountId;
}
