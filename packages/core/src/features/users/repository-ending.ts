import type { Context } from '../../database/context.js';

/** Where the tables that hang on a session name it. */
const sessionColumns = { refresh_tokens: 'family_id', realtime_tickets: 'via', sessions: 'id' } as const;

/**
 * What was given out to the user before opens nothing any more, also when the user is active again.
 *
 * @param keep the session that goes on.
 */
export async function endSessions({ trx, organization }: Context, userId: string, keep?: string | null): Promise<void> {
  for (const [table, column] of Object.entries(sessionColumns)) {
    const given = trx(table).where({ organization_id: organization, user_id: userId });
    await (keep ? given.whereNot(column, keep) : given).delete();
  }
}

/** The API keys that the user made, which act as them. */
export async function endKeys({ trx, organization }: Context, userId: string): Promise<void> {
  await trx('api_keys').where({ organization_id: organization, user_id: userId }).delete();
}
