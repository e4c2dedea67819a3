import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { Actor, UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { sign } from './chain.js';
import { activitiesAfter, cutBefore, lockChain } from './repository.js';
import type { ActivityPurge, PurgedActivities } from './schema.js';
import { follow } from './verify.js';

const chunk = 500;
/** Chunks that one request removes: it ends within seconds. */
const chunksAtOnce = 40;

/** No setting and no request keeps the log for a shorter time than this, milliseconds. */
export const leastActivityRetentionMs = 31 * 24 * 3_600_000;

/** Removes what was recorded before a time, which is recorded. What is removed was verified before. */
export async function purgeActivities(
  installation: Installation,
  actor: UserActor,
  input: ActivityPurge,
  idempotencyKey?: string,
): Promise<PurgedActivities> {
  const { before } = await permit(installation, actor, input, idempotencyKey);
  return removeBefore(installation, actor.organization, actor, before);
}

const permit = action('activities.purge', async (ctx, input: ActivityPurge) => {
  demand(ctx.actor, 'activities:write');
  const before = Date.parse(input.before);
  if (!(before <= ctx.installation.clock.now() - leastActivityRetentionMs)) {
    const message = 'must be at least 31 days ago';
    fail('validation_failed', undefined, { errors: [{ path: '/body/before', message }] });
  }
  ctx.record({ action: 'activities.purge', data: { before } });
  return { before };
});

/**
 * Removes rows chunk by chunk. Each chunk is one transaction that signs the row it ends with as the chain's new begin,
 * so that the chain verifies whenever the process ends between two.
 *
 * @throws TimsError `activities_broken` before anything of a chunk is removed that does not verify
 */
export async function removeBefore(
  installation: Installation,
  organization: string,
  actor: Actor,
  before: number,
): Promise<PurgedActivities> {
  for (let chunks = 1; ; chunks++) {
    const { through, more } = await transaction(installation, organization, actor, (ctx) => removeChunk(ctx, before));
    if (!more || chunks === chunksAtOnce) return { through, more };
  }
}

async function removeChunk(ctx: Context, before: number): Promise<PurgedActivities> {
  const head = await lockChain(ctx);
  if (!head) return { through: 0, more: false };
  const begin = { sequence: head.checkpointSequence, mac: head.checkpointMac };
  const signed = sign(ctx.installation, 'checkpoint', ctx.organization, begin.sequence, begin.mac);
  if (signed !== head.checkpointSignature) broken(begin.sequence);
  const rows = await activitiesAfter(ctx, begin.sequence, chunk);
  // A beginning of the chain, also where clocks disagreed: a row in the midst of it stays with those that follow.
  const kept = rows.findIndex((row) => row.at >= before);
  const old = kept === -1 ? rows : rows.slice(0, kept);
  if (old.length === 0) return { through: begin.sequence, more: false };
  // Evidence of a change must not go because it is old.
  const { reached, fault } = follow(ctx, old, begin, head);
  if (fault) broken(fault.sequence);
  const { installation, organization } = ctx;
  const signature = sign(installation, 'checkpoint', organization, reached.sequence, reached.mac);
  await cutBefore(ctx, { ...reached, signature });
  return { through: reached.sequence, more: old.length === chunk };
}

function broken(sequence: number): never {
  fail('activities_broken', `Row ${sequence} does not verify`, { sequence });
}
