import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import type { UserActor } from '../../kernel/actor.js';
import { timestamp } from '../../kernel/schema.js';
import type { Rules } from '../settings/index.js';
import { lastSeenOf } from './repository-presence.js';
import type { DirectoryEntry, User, UserFilter } from './schema.js';

interface UserRow {
  id: string;
  account_id: string;
  email: string;
  name: string;
  role: string;
  status: User['status'];
  primary_team_id: string | null;
  time_zone: string | null;
  last_seen_at: number | null;
  operator: number;
  auth_version: number;
  version: number;
  created_at: number;
}

/** Users in the order of their making. */
export async function listUsers(
  ctx: ReadContext,
  { cursor, limit = defaultLimit, ...filter }: PageRequest & UserFilter,
): Promise<Page<User>> {
  const from = cursor === undefined ? undefined : decodePage(cursor);
  const query = seek(filtered(ctx, users(ctx), filter), 'users.created_at', 'users.id', 'asc', from);
  const rows: UserRow[] = await query.limit(limit + 1);
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
  const { data, nextCursor } = await listUsers(ctx, { ...page, status: 'active' });
  const seen = await lastSeenOf(
    ctx,
    data.map(({ id }) => id),
  );
  const presenceOf = (id: string): DirectoryEntry['presence'] => {
    const state = presence.stateOf(id);
    const at = state === 'offline' ? (seen.get(id) ?? null) : ctx.installation.clock.now();
    return { state, lastSeenAt: timestamp(at) };
  };
  return {
    data: data.map(({ id, name, role, teams }) => ({
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

export async function findUsers(ctx: ReadContext, ids: readonly string[]): Promise<User[]> {
  if (ids.length === 0) return [];
  const rows: UserRow[] = await users(ctx).whereIn('users.id', ids);
  const teams = await teamsOf(ctx, [...ids]);
  return rows.map((row) => present(row, teams));
}

export async function findUser(ctx: ReadContext, id: string): Promise<User | undefined> {
  const row: UserRow | undefined = await users(ctx).where('users.id', id).first();
  return row && present(row, await teamsOf(ctx, [id]));
}

/** A user as an actor, with what a token must agree with. */
export interface KnownActor {
  actor: UserActor;
  status: User['status'];
  authVersion: number;
}

/**
 * The user as an actor; undefined for a stranger.
 *
 * @param session one of the user's that has to stand; without it nobody is there either.
 */
export async function findUserActor(ctx: ReadContext, id: string, session?: string): Promise<KnownActor | undefined> {
  const found = users(ctx).where('users.id', id);
  if (session !== undefined) found.whereExists(standing(ctx, id, session));
  const [known] = await asActors(ctx, await found);
  return known && { ...known, actor: { ...known.actor, via: session ?? null } };
}

/** Those of the users that there are, by id; two reads for any number of them. */
export async function findUserActors(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, KnownActor>> {
  if (ids.length === 0) return new Map();
  const known = await asActors(ctx, await users(ctx).whereIn('users.id', ids));
  return new Map(known.map((one) => [one.actor.id, one]));
}

async function asActors(ctx: ReadContext, rows: UserRow[]): Promise<KnownActor[]> {
  if (rows.length === 0) return [];
  const [teams, rules] = await Promise.all([
    teamsOf(
      ctx,
      rows.map(({ id }) => id),
    ),
    ctx.installation.rules.of(ctx.organization),
  ]);
  return rows.map((row) => asActor(ctx, row, teams.get(row.id) ?? [], rules));
}

function asActor(ctx: ReadContext, row: UserRow, own: User['teams'], rules: Rules): KnownActor {
  const { rank = 0, grants = {} } = rules.role(row.role) ?? {};
  const actor: UserActor = {
    type: 'user',
    id: row.id,
    organization: ctx.organization,
    accountId: row.account_id,
    role: row.role,
    rank,
    grants,
    queueSight: rules.settings.queueSight,
    teams: own.map((team) => team.id),
    leads: own.flatMap((team) => (team.lead ? team.id : [])),
    primaryTeamId: row.primary_team_id,
    authVersion: row.auth_version,
    operator: row.operator === 1,
    via: null,
    ip: null,
  };
  return { actor, status: row.status, authVersion: row.auth_version };
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
  await insertMembers(ctx, user.id, user.teams);
}

/** The user's own row, locked until the transaction ends; undefined for a stranger. */
export async function lockUser(ctx: Context, id: string): Promise<{ account_id: string } | undefined> {
  const query = ctx.trx('users').where({ organization_id: ctx.organization, id });
  const [row]: UserRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row;
}

/** Ids of the active administrators, locked: two of them cannot remove each other at once. */
export async function lockAdministrators(ctx: Context): Promise<string[]> {
  const query = ctx
    .trx('users')
    .where({ organization_id: ctx.organization, role: 'admin', status: 'active' })
    .orderBy('id');
  const rows: UserRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return rows.map((row) => row.id);
}

export interface UserChanges {
  role?: string | undefined;
  status?: User['status'] | undefined;
  primaryTeamId?: string | null | undefined;
  timeZone?: string | null | undefined;
}

/** @param signsOut whether access tokens and sockets that were given out before end. */
export async function saveUser(ctx: Context, id: string, changes: UserChanges, signsOut: boolean): Promise<void> {
  const { trx, organization } = ctx;
  const columns = {
    role: changes.role,
    status: changes.status,
    primary_team_id: changes.primaryTeamId,
    time_zone: changes.timeZone,
  };
  await trx('users')
    .where({ organization_id: organization, id })
    .update({
      ...Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)),
      ...(signsOut ? { auth_version: trx.raw('auth_version + 1') } : {}),
      version: trx.raw('version + 1'),
    });
}

/** Takes the place of all teams that the user had. */
export async function replaceTeams(
  ctx: Context,
  userId: string,
  teams: readonly { id: string; lead?: boolean }[],
): Promise<void> {
  const { trx, organization } = ctx;
  await trx('team_members').where({ organization_id: organization, user_id: userId }).delete();
  await insertMembers(ctx, userId, teams);
}

async function insertMembers(
  { trx, organization, installation }: Context,
  userId: string,
  teams: readonly { id: string; lead?: boolean }[],
): Promise<void> {
  const members = teams.map((team) => ({
    organization_id: organization,
    team_id: team.id,
    user_id: userId,
    is_lead: team.lead ? 1 : 0,
  }));
  await installation.storage.dialect.bulkInsertIgnore(trx, 'team_members', members);
}

function filtered(
  { organization, trx }: ReadContext,
  query: Knex.QueryBuilder,
  { status, role, teamId }: UserFilter,
): Knex.QueryBuilder {
  if (status) query.where('users.status', status);
  if (role) query.where('users.role', role);
  if (teamId) {
    const members = trx('team_members').where({ organization_id: organization, team_id: teamId });
    query.whereIn('users.id', members.select('user_id'));
  }
  return query;
}

/** The row of a session that has not ended. */
function standing({ trx, organization, installation }: ReadContext, userId: string, session: string) {
  return trx('sessions')
    .where({ organization_id: organization, id: session, user_id: userId })
    .where('expires_at', '>', installation.clock.now())
    .select('id');
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
      'users.time_zone',
      'users.last_seen_at',
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
    timeZone: row.time_zone,
    lastSeenAt: timestamp(row.last_seen_at),
    version: row.version,
    createdAt: timestamp(row.created_at),
  };
}
