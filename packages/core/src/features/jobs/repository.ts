import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';

/** Everything that is done later, with what it needs. The workers stand in `pipeline/jobs/catalogue.ts`. */
export interface JobPayloads {
  'channel.mark_read': { channelId: string; externalId: string };
  /** Sealed: a mail holds links that let somebody in. */
  'contact.erase': { organization: string; erasureId: string };
  'mail.send': { sealed: string };
  /** Sealed: whoever reads the table need not learn who forgot a password. */
  'password_reset.send': { sealed: string };
}
export type JobKind = keyof JobPayloads;

/** Adds work that is done after this transaction commits, or `delayMs` later, at least once. */
export async function addJob<K extends JobKind>(
  ctx: Context,
  kind: K,
  payload: JobPayloads[K],
  delayMs = 0,
): Promise<void> {
  const now = ctx.installation.clock.now();
  await ctx.trx('jobs').insert({
    id: newId('job', now),
    kind,
    payload: JSON.stringify(payload),
    run_at: now + delayMs,
    attempts: 0,
    claimed_by: null,
    lease_until: null,
    error: null,
    failed_at: null,
  });
}
