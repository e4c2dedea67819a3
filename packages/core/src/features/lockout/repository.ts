import type { Context, ReadContext } from '../../database/context.js';

/** How often somebody failed, and when for the last time. */
export interface Failures {
  failures: number;
  lastAt: number;
}

/** What stands against these subjects; locked until the commit where a transaction asks. */
export async function readFailures(
  { trx, installation }: ReadContext,
  subjects: readonly string[],
): Promise<Map<string, Failures>> {
  const query = trx('login_failures').whereIn('subject', [...subjects]);
  const rows: { subject: string; failures: number; last_at: number }[] =
    await installation.storage.dialect.forUpdate(query);
  return new Map(rows.map((row) => [row.subject, { failures: row.failures, lastAt: Number(row.last_at) }]));
}

export async function saveFailures(
  { trx }: Context,
  subject: string,
  { failures, lastAt }: Failures,
  known: boolean,
): Promise<void> {
  const row = { failures, last_at: lastAt };
  if (known) await trx('login_failures').where({ subject }).update(row);
  else await trx('login_failures').insert({ subject, ...row });
}

export async function forgetFailures({ trx }: Context, subject: string): Promise<void> {
  await trx('login_failures').where({ subject }).delete();
}

/** Takes one back that turned out to be none. */
export async function takeBack({ trx }: Context, subject: string): Promise<void> {
  await trx('login_failures').where({ subject }).where('failures', '>', 0).decrement('failures', 1);
}
