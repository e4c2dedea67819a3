import type { Knex } from 'knex';
import type { Context } from '../../database/context.js';

export interface RefreshTokenRecord {
  familyId: string;
  organizationId: string;
  userId: string;
  expiresAt: number;
}

/** Where an account may log in: its active memberships. */
export async function memberships(db: Knex, accountId: string): Promise<{ organizationId: string; userId: string }[]> {
  const rows: { organization_id: string; id: string }[] = await db('users')
    .where({ account_id: accountId, status: 'active' })
    .orderBy('organization_id')
    .select('organization_id', 'id');
  return rows.map((row) => ({ organizationId: row.organization_id, userId: row.id }));
}

export async function findRefreshToken(db: Knex, hash: string): Promise<RefreshTokenRecord | undefined> {
  const row = await db('refresh_tokens').where('hash', hash).first();
  if (!row) return undefined;
  return {
    familyId: row.family_id,
    organizationId: row.organization_id,
    userId: row.user_id,
    expiresAt: Number(row.expires_at),
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

export async function endFamily(ctx: Context, familyId: string): Promise<void> {
  await ctx.trx('refresh_tokens').where('family_id', familyId).delete();
}

export async function insertTicket(
  ctx: Context,
  ticket: { hash: string; userId: string; expiresAt: number },
): Promise<void> {
  await ctx.trx('realtime_tickets').insert({
    hash: ticket.hash,
    organization_id: ctx.organization,
    user_id: ticket.userId,
    expires_at: ticket.expiresAt,
  });
}

/** Removes the ticket and answers with it. Deleting tells who was first: of two at once, one sees no row go. */
export async function takeTicket(
  db: Knex,
  hash: string,
): Promise<{ organizationId: string; userId: string; expiresAt: number } | undefined> {
  const row = await db('realtime_tickets').where('hash', hash).first();
  if (!row || (await db('realtime_tickets').where('hash', hash).delete()) !== 1) return undefined;
  return { organizationId: row.organization_id, userId: row.user_id, expiresAt: Number(row.expires_at) };
}
