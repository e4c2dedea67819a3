import type { Context, ReadContext } from '../../database/context.js';

export interface SecondFactorRecord {
  /** Sealed. */
  secret: string;
  confirmed: boolean;
  /** The time step of the last code that was taken. */
  lastStep: number;
}

/** What somebody proves themselves with. */
export interface Credentials {
  accountId: string;
  email: string;
  passwordHash: string;
}

export async function findCredentials({ trx }: ReadContext, accountId: string): Promise<Credentials | undefined> {
  const row: { id: string; email: string; password_hash: string } | undefined = await trx('accounts')
    .where('id', accountId)
    .first('id', 'email', 'password_hash');
  return row && { accountId: row.id, email: row.email, passwordHash: row.password_hash };
}

export async function findSecondFactor(
  { trx }: ReadContext,
  accountId: string,
): Promise<SecondFactorRecord | undefined> {
  const row: { secret: string; confirmed_at: number | null; last_step: number } | undefined = await trx(
    'second_factors',
  )
    .where('account_id', accountId)
    .first('secret', 'confirmed_at', 'last_step');
  return row && { secret: row.secret, confirmed: row.confirmed_at !== null, lastStep: Number(row.last_step) };
}

/** What changes it waits until the transaction ends. */
export async function lockSecondFactor(ctx: Context, accountId: string): Promise<void> {
  await ctx.installation.storage.dialect.forUpdate(ctx.trx('second_factors').where('account_id', accountId));
}

/** Puts a new secret in the place of one that nobody confirmed. */
export async function savePending(ctx: Context, accountId: string, secret: string): Promise<void> {
  const now = ctx.installation.clock.now();
  await ctx.trx('second_factors').where('account_id', accountId).whereNull('confirmed_at').delete();
  await ctx
    .trx('second_factors')
    .insert({ account_id: accountId, secret, confirmed_at: null, last_step: 0, created_at: now });
}

/** Whether this call was the one that confirmed it. */
export async function confirm(ctx: Context, accountId: string, step: number): Promise<boolean> {
  const rows = await ctx
    .trx('second_factors')
    .where('account_id', accountId)
    .whereNull('confirmed_at')
    .update({ confirmed_at: ctx.installation.clock.now(), last_step: step });
  return rows === 1;
}

/** Whether this call was the one that used the code of the step: of two at once, one. */
export async function spendStep({ trx }: Context, accountId: string, step: number): Promise<boolean> {
  const rows = await trx('second_factors')
    .where('account_id', accountId)
    .whereNotNull('confirmed_at')
    .where('last_step', '<', step)
    .update({ last_step: step });
  return rows === 1;
}

export async function saveRecoveryCodes(ctx: Context, accountId: string, hashes: readonly string[]): Promise<void> {
  const now = ctx.installation.clock.now();
  await ctx.trx('recovery_codes').where('account_id', accountId).delete();
  const rows = hashes.map((hash) => ({ account_id: accountId, hash, created_at: now }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'recovery_codes', rows);
}

export async function countRecoveryCodes({ trx }: ReadContext, accountId: string): Promise<number> {
  const rows: unknown[] = await trx('recovery_codes').where('account_id', accountId).select('hash');
  return rows.length;
}

/** Whether this call was the one that used the code. */
export async function spendRecoveryCode({ trx }: Context, accountId: string, hash: string): Promise<boolean> {
  return (await trx('recovery_codes').where({ account_id: accountId, hash }).delete()) === 1;
}

/** Whether there was one that was confirmed. */
export async function removeSecondFactor({ trx }: Context, accountId: string): Promise<boolean> {
  await trx('recovery_codes').where('account_id', accountId).delete();
  const confirmed = await trx('second_factors').where('account_id', accountId).whereNotNull('confirmed_at').delete();
  await trx('second_factors').where('account_id', accountId).delete();
  return confirmed === 1;
}

/** Whether the account belongs to another organization as well. */
export async function belongsElsewhere({ trx, organization }: ReadContext, accountId: string): Promise<boolean> {
  const row = await trx('users').where('account_id', accountId).whereNot('organization_id', organization).first('id');
  return row !== undefined;
}
