import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';

/** Everything that is done later, with what it needs. The workers stand in `pipeline/jobs/catalogue.ts`. */
export interface JobPayloads {
  'contact_import.run': { organization: string; importId: string };
  'channel.mark_read': { channelId: string; externalId: string };
  /** Sealed: a mail holds links that let somebody in. */
  'contact.erase': { organization: string; erasureId: string };
  'mail.send': { sealed: string };
  /** Sealed: whoever reads the table need not learn who forgot a password. */
  'password_reset.send': { sealed: string };
  /** Takes the values of an attribute that was removed out of the contacts. */
  /** Puts what somebody had who is no longer there back into the queues. */
  'user.release': { organization: string; userId: string };
  /** Goes on with what a merge, or its undoing, has to move. */
  'merge.move': { organization: string; id: string };
  'attribute.remove': { organization: string; key: string };
}
export type JobKind = keyof JobPayloads;

/** Adds work that is done after this transaction commits, at least once; `afterMs` later unless told. */
export async function addJob<K extends JobKind>(
  ctx: Context,
  kind: K,
  payload: JobPayloads[K],
  afterMs = 0,
): Promise<void> {
  const now = ctx.installation.clock.now();
  await ctx.trx('jobs').insert({
    id: newId('job', now),
    kind,
    payload: JSON.stringify(payload),
    run_at: now + afterMs,
    attempts: 0,
    claimed_by: null,
    lease_until: null,
    error: null,
    failed_at: null,
  });
}
