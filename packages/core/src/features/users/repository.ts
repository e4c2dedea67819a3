import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import type { UserActor } from '../../kernel/actor.js';
import { timestamp } from '../../kernel/schema.js';
import { lastSeenOf } from './repository-presence.js';
import type { DirectoryEntry, User } from './schema.js';

interface UserRow {
  id: string;
  account_id: string;
  email: string;
  name: string;
  role: string;
  status: User['status'];
  primary_team_id: string | null;
  operator: number;
  auth_version: number;
  version: number;
  created_at: number;
}

/** Users in the order of their making. */
export async function listUsers(ctx: ReadContext, page: PageRequest): Promise<Page<User>> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const rows: UserRow[] = await seek(users(ctx), 'users.created_at', 'users.id', 'asc', cursor).limit(limit + 1);
  const teams = await teamsOf(
    ctx,
    rows.map((row) => row.id),
  );
  return toPage(
    rows,
    limit,
    (row) => ({ at: row.created_at, id: row.id }),
    (row) => present(row, teams),
  );
}

/** Active users as their colleagues see them. */
export async function listDirectory(ctx: ReadContext, page: PageRequest): Promise<Page<DirectoryEntry>> {
  const { presence } = ctx.installation;
  const { data, nextCursor } = await listUsers(ctx, page);
  const active = data.filter((user) => user.status === 'active');
  const seen = await lastSeenOf(
    ctx,
    active.map(({ id }) => id),
  );
  const presenceOf = (id: string): DirectoryEntry['presence'] => {
    const state = presence.stateOf(id);
    const at = state === 'offline' ? (seen.get(id) ?? null) : ctx.installation.clock.now();
    return { state, lastSeenAt: timestamp(at) };
  };
  return {
    data: active.map(({ id, name, role, teams }) => ({
      id,
      name,
      role,
      teams,
      online: presence.isOnline(id),
      presence: presenceOf(id),
    })),
    nextCursor,
  };
}

export async function findUser(ctx: ReadContext, id: string): Promise<User | undefined> {
  const row: UserRow | undefined = await users(ctx).where('users.id', id).first();
  return row && present(row, await teamsOf(ctx, [id]));
}

/** The user as an actor, with what a token must agree with; undefined for a stranger. */
export async function findUserActor(
  ctx: ReadContext,
  id: string,
): Promise<{ actor: UserActor; status: User['status']; authVersion: number } | undefined> {
  const row: UserRow | undefined = await users(ctx).where('users.id', id).first();
  if (!row) return undefined;
  const [teams, rules] = await Promise.all([teamsOf(ctx, [id]), ctx.installation.rules.of(ctx.organization)]);
  const own = teams.get(id) ?? [];
  const { rank = 0, grants = {} } = rules.role(row.role) ?? {};
  const actor: UserActor = {
    type: 'user',
    id,
    organization: ctx.organization,
    accountId: row.account_id,
    role: row.role,
    rank,
    grants,
    queueSight: rules.settings.queueSight,
    teams: own.map((team) => team.id),
    leads: own.flatMap((team) => (team.lead ? team.id : [])),
    primaryTeamId: row.primary_team_id,
    operator: row.operator === 1,
    via: null,
    ip: null,
  };
  return { actor, status: row.status, authVersion: row.auth_version };
}

export interface AccountRow {
  id: string;
  name: string;
  password_hash: string;
}

export async function findAccount({ trx }: ReadContext, email: string): Promise<AccountRow | undefined> {
  return trx('accounts').where('email', email.toLowerCase()).first('id', 'name', 'password_hash');
}

export async function insertAccount(
  ctx: Context,
  account: { id: string; email: string; name: string; passwordHash: string; operator: boolean },
): Promise<void> {
  await ctx.trx('accounts').insert({
    id: account.id,
    email: account.email.toLowerCase(),
    name: account.name,
    password_hash: account.passwordHash,
    operator: account.operator ? 1 : 0,
    created_at: ctx.installation.clock.now(),
  });
}

export async function insertUser(
  ctx: Context,
  user: { id: string; accountId: string; role: string; teams: { id: string; lead?: boolean }[] },
): Promise<void> {
  const { trx, organization, installation } = ctx;
  await trx('users').insert({
    organization_id: organization,
    id: user.id,
    account_id: user.accountId,
    role: user.role,
    primary_team_id: user.teams[0]?.id ?? null,
    status: 'active',
    auth_version: 1,
    version: 1,
    created_at: installation.clock.now(),
  });
  const members = user.teams.map((team) => ({
    organization_id: organization,
    team_id: team.id,
    user_id: user.id,
    is_lead: team.lead ? 1 : 0,
  }));
  await installation.storage.dialect.bulkInsertIgnore(trx, 'team_members', members);
}

/** Also raises `auth_version`, which ends every token given out before. */
export async function setStatus(ctx: Context, id: string, status: User['status']): Promise<void> {
  await ctx
    .trx('users')
    .where({ organization_id: ctx.organization, id })
    .update({ status, auth_version: ctx.trx.raw('auth_version + 1'), version: ctx.trx.raw('version + 1') });
}

/** What was given out to the user before opens nothing any more, also when the user is active again. */
export async function endSessions({ trx, organization }: Context, userId: string): Promise<void> {
  for (const table of ['refresh_tokens', 'realtime_tickets']) {
    await trx(table).where({ organization_id: organization, user_id: userId }).delete();
  }
}

function users({ trx, organization }: ReadContext) {
  return trx('users')
    .join('accounts', 'accounts.id', 'users.account_id')
    .where('users.organization_id', organization)
    .select(
      'users.id',
      'users.account_id',
      'accounts.email',
      'accounts.name',
      'accounts.operator',
      'users.role',
      'users.status',
      'users.primary_team_id',
      'users.auth_version',
      'users.version',
      'users.created_at',
    );
}

async function teamsOf({ trx, organization }: ReadContext, ids: string[]): Promise<Map<string, User['teams']>> {
  const rows: { team_id: string; user_id: string; is_lead: number }[] = await trx('team_members')
    .where('organization_id', organization)
    .whereIn('user_id', ids)
    .orderBy('team_id');
  const teams = new Map<string, User['teams']>();
  for (const row of rows) {
    teams.set(row.user_id, [...(teams.get(row.user_id) ?? []), { id: row.team_id, lead: row.is_lead === 1 }]);
  }
  return teams;
}

function present(row: UserRow, teams: Map<string, User['teams']>): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    teams: teams.get(row.id) ?? [],
    primaryTeamId: row.primary_team_id,
    version: row.version,
    createdAt: timestamp(row.created_at),
  };
}
