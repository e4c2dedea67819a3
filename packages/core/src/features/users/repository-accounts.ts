import type { Context, ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';

export interface AccountRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
}

/** Where an account is a user. */
export interface Membership {
  organizationId: string;
  userId: string;
  status: 'active' | 'deactivated';
}

export async function findAccount({ trx }: ReadContext, email: string): Promise<AccountRow | undefined> {
  return trx('accounts').where('email', email.toLowerCase()).first('id', 'email', 'name', 'password_hash');
}

export async function findAccountById({ trx }: ReadContext, id: string): Promise<AccountRow | undefined> {
  return trx('accounts').where({ id }).first('id', 'email', 'name', 'password_hash');
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

export async function saveAccount(
  { trx }: Context,
  id: string,
  { name, passwordHash }: { name?: string | undefined; passwordHash?: string | undefined },
): Promise<void> {
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
  };
  if (Object.keys(changes).length > 0) await trx('accounts').where({ id }).update(changes);
}

/** Every organization that the account is a user of, deactivated or not. */
export async function membershipsOf({ trx }: ReadContext, accountId: string): Promise<Membership[]> {
  const rows: { organization_id: string; id: string; status: Membership['status'] }[] = await trx('users')
    .where('account_id', accountId)
    .orderBy('organization_id')
    .select('organization_id', 'id', 'status');
  return rows.map((row) => ({ organizationId: row.organization_id, userId: row.id, status: row.status }));
}

/** The account behind a user of the organization. */
export async function accountOf({ trx, organization }: ReadContext, userId: string): Promise<string> {
  const row = await trx('users').where({ organization_id: organization, id: userId }).first('account_id');
  return row?.account_id ?? fail('not_found', `There is no user ${userId}`);
}

export async function isOperator({ trx }: ReadContext, id: string): Promise<boolean> {
  return (await trx('accounts').where({ id, operator: 1 }).first('id')) !== undefined;
}

/** Whether the password was still `before`, and now is `after`. */
export async function replacePassword(
  { trx }: Context,
  id: string,
  { before, after }: { before: string; after: string },
): Promise<boolean> {
  const rows = await trx('accounts').where({ id, password_hash: before }).update({ password_hash: after });
  return rows === 1;
}
