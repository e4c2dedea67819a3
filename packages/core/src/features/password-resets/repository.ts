import type { Context, ReadContext } from '../../database/context.js';

/** How many links of one account hold. Locks the account: of several that count at once, each sees what the one before made. */
export async function countResets({ trx, installation }: Context, accountId: string): Promise<number> {
  await installation.storage.dialect.forUpdate(trx('accounts').where('id', accountId));
  const row = await trx('password_resets')
    .where('account_id', accountId)
    .where('expires_at', '>', installation.clock.now())
    .count({ n: '*' })
    .first();
  return Number(row?.n ?? 0);
}

export async function insertReset(
  ctx: Context,
  reset: { hash: string; accountId: string; expiresAt: number },
): Promise<void> {
  await ctx.trx('password_resets').insert({
    hash: reset.hash,
    account_id: reset.accountId,
    expires_at: reset.expiresAt,
    created_at: ctx.installation.clock.now(),
  });
}

/** The account that the link lets in; undefined for one that is unknown, used or too old. */
export async function findReset({ trx, installation }: ReadContext, hash: string): Promise<string | undefined> {
  const row: { account_id: string } | undefined = await trx('password_resets')
    .where({ hash })
    .where('expires_at', '>', installation.clock.now())
    .first('account_id');
  return row?.account_id;
}

/** Whether this call was the one that used the link: two at once cannot both be. The account's other links go with it. */
export async function spendReset({ trx }: Context, hash: string, accountId: string): Promise<boolean> {
  const spent = await trx('password_resets').where({ hash }).delete();
  await trx('password_resets').where('account_id', accountId).delete();
  return spent === 1;
}
