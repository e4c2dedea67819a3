import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { countAttempt, findFailure, markReplayed } from './repository.js';
import type { InboundFailure } from './schema.js';

/** How a kept body is taken in once more: `Ingest.replay`. */
export type Replay = (kept: { kind: string; channelId: string | null; body: Buffer }) => Promise<{ failed: string[] }>;

/** Takes a kept webhook in once more. What was stored of it before is found and not stored twice. */
export async function replayFailure(
  installation: Installation,
  actor: UserActor,
  id: string,
  replay: Replay,
): Promise<InboundFailure> {
  demand(actor, 'failures:replay');
  const ctx = reading(installation, actor.organization, actor);
  const { failure, body } = (await findFailure(ctx, id)) ?? fail('not_found', `There is no failure ${id}`);
  const { writer } = installation.storage;
  installation.channels.refresh();
  await countAttempt(writer, id);
  const { failed } = await replay({ kind: failure.kind, channelId: failure.channelId, body });
  if (failed.length > 0) fail('failure_not_replayable', `Still at fault: ${failed.join(', ')}`);
  await markReplayed(writer, id, installation.clock.now());
  return ((await findFailure({ ...ctx, trx: writer }, id)) ?? fail('not_found')).failure;
}
