import type { Context } from '../../database/context.js';
import { saveUser } from './repository.js';
import { membershipsOf } from './repository-accounts.js';
import { endSessions } from './repository-ending.js';

/**
 * Ends what was given out to an account in its organizations, in the transaction that changes its password: a server
 * that is killed right after it leaves nobody signed in. Open sockets hear of it from `tellElsewhere`.
 *
 * @param but the organization whose user the caller changes itself.
 */
export async function signOutEverywhere(
  ctx: Context,
  accountId: string,
  { but }: { but?: string } = {},
): Promise<void> {
  for (const { organizationId, userId } of await membershipsOf(ctx, accountId)) {
    if (organizationId === but) continue;
    const there = { ...ctx, organization: organizationId };
    await saveUser(there, userId, {}, true);
    await endSessions(there, userId);
  }
}
