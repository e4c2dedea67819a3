import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import { timestamp } from '../../kernel/schema.js';
import type { OwnSession } from './schema.js';

/** An account as a user of one organization. */
export interface Membership {
  organizationId: string;
  userId: string;
}

/** Where an account may log in: its active memberships. */
export async function memberships(db: Knex, accountId: string): Promise<Membership[]> {
  const rows: { organization_id: string; id: string }[] = await db('users')
    .where({ account_id: accountId, status: 'active' })
    .orderBy('organization_id')
    .select('organization_id', 'id');
  return rows.map((row) => ({ organizationId: row.organization_id, userId: row.id }));
}

/** A session as it is kept. Its id is that of the family of its refresh tokens. */
export interface SessionRecord {
  id: string;
  userId: string;
  mode: OwnSession['mode'];
  userAgent: string | null;
  ip: string | null;
  expiresAt: number;
}

export async function insertSession(ctx: Context, session: SessionRecord): Promise<void> {
  const now = ctx.installation.clock.now();
  await ctx.trx('sessions').insert({
    organization_id: ctx.organization,
    id: session.id,
    user_id: session.userId,
    mode: session.mode,
    user_agent: session.userAgent,
    ip: session.ip,
    created_at: now,
    last_seen_at: now,
    expires_at: session.expiresAt,
  });
}

/** Notes that the session was renewed; false for one that has ended. */
export async function renewSession(
  { trx, organization, installation }: Context,
  id: string,
  { ip, expiresAt }: { ip: string | null; expiresAt: number },
): Promise<boolean> {
  const rows = await trx('sessions')
    .where({ organization_id: organization, id })
    .update({ last_seen_at: installation.clock.now(), expires_at: expiresAt, ...(ip === null ? {} : { ip }) });
  return rows === 1;
}

interface SessionRow {
  id: string;
  mode: OwnSession['mode'];
  user_agent: string | null;
  ip: string | null;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

/** A user's sessions, the newest first. */
export async function listSessionRows(
  { trx, organization }: ReadContext,
  userId: string,
  current: string | null,
  page: PageRequest,
): Promise<Page<OwnSession>> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const sessions = trx('sessions').where({ organization_id: organization, user_id: userId });
  const rows: SessionRow[] = await seek(sessions, 'created_at', 'id', 'desc', cursor).limit(limit + 1);
  return toPage(
    rows,
    limit,
    (row) => ({ at: Number(row.created_at), id: row.id }),
    (row) => ({
      id: row.id,
      current: row.id === current,
      mode: row.mode,
      userAgent: row.user_agent,
      ip: row.ip,
      createdAt: timestamp(Number(row.created_at)),
      lastSeenAt: timestamp(Number(row.last_seen_at)),
      expiresAt: timestamp(Number(row.expires_at)),
    }),
  );
}

export async function ownsSession({ trx, organization }: ReadContext, userId: string, id: string): Promise<boolean> {
  const row = await trx('sessions').where({ organization_id: organization, id, user_id: userId }).first('id');
  return row !== undefined;
}

/** The ids of a user's sessions, but one. */
export async function otherSessions(
  { trx, organization }: ReadContext,
  userId: string,
  but: string | null,
): Promise<string[]> {
  const rows: { id: string }[] = await trx('sessions')
    .where({ organization_id: organization, user_id: userId })
    .whereNot('id', but ?? '')
    .select('id');
  return rows.map(({ id }) => id);
}

/** Ends a session with all that hangs on it; whose it was, undefined for one that was not there. */
export async function removeSession({ trx, organization }: Context, id: string): Promise<string | undefined> {
  const row: { user_id: string } | undefined = await trx('sessions')
    .where({ organization_id: organization, id })
    .first('user_id');
  await trx('refresh_tokens').where({ organization_id: organization, family_id: id }).delete();
  if (!row) return undefined;
  await trx('realtime_tickets').where({ organization_id: organization, user_id: row.user_id, via: id }).delete();
  const removed = await trx('sessions').where({ organization_id: organization, id }).delete();
  return removed === 1 ? row.user_id : undefined;
}

export interface RefreshTokenRecord {
  familyId: string;
  organizationId: string;
  userId: string;
  expiresAt: number;
  /** Undefined where the session has ended. */
  mode: OwnSession['mode'] | undefined;
}

export async function findRefreshToken(db: Knex, hash: string): Promise<RefreshTokenRecord | undefined> {
  const row = await db('refresh_tokens')
    .leftJoin('sessions', (on) =>
      on
        .on('sessions.organization_id', 'refresh_tokens.organization_id')
        .andOn('sessions.id', 'refresh_tokens.family_id'),
    )
    .where('hash', hash)
    .first(
      'refresh_tokens.family_id',
      'refresh_tokens.organization_id',
      'refresh_tokens.user_id',
      'refresh_tokens.expires_at',
      'sessions.mode',
    );
  if (!row) return undefined;
  return {
    familyId: row.family_id,
    organizationId: row.organization_id,
    userId: row.user_id,
    expiresAt: Number(row.expires_at),
    mode: row.mode ?? undefined,
  };
}

export async function insertRefreshToken(
  ctx: Context,
  token: { hash: string; familyId: string; userId: string; expiresAt: number },
): Promise<void> {
  await ctx.trx('refresh_tokens').insert({
    hash: token.hash,
    family_id: token.familyId,
    organization_id: ctx.organization,
    user_id: token.userId,
    expires_at: token.expiresAt,
    used_at: null,
  });
}

/** Whether this call was the one that used the token: two at once cannot both be. */
export async function spend(ctx: Context, hash: string): Promise<boolean> {
  const rows = await ctx.trx('refresh_tokens').where({ hash }).whereNull('used_at').update({
    used_at: ctx.installation.clock.now(),
  });
  return rows === 1;
}

export async function insertTicket(
  ctx: Context,
  ticket: { hash: string; userId: string; via: string | null; expiresAt: number },
): Promise<void> {
  await ctx.trx('realtime_tickets').insert({
    hash: ticket.hash,
    organization_id: ctx.organization,
    user_id: ticket.userId,
    via: ticket.via,
    expires_at: ticket.expiresAt,
  });
}

export interface TicketRecord {
  organizationId: string;
  userId: string;
  via: string | null;
  expiresAt: number;
}

/** Removes the ticket and answers with it. Deleting tells who was first: of two at once, one sees no row go. */
export async function takeTicket(db: Knex, hash: string): Promise<TicketRecord | undefined> {
  const row = await db('realtime_tickets').where('hash', hash).first();
  if (!row || (await db('realtime_tickets').where('hash', hash).delete()) !== 1) return undefined;
  return {
    organizationId: row.organization_id,
    userId: row.user_id,
    via: row.via,
    expiresAt: Number(row.expires_at),
  };
}
