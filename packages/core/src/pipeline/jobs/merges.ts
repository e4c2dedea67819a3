import { transaction } from '../../database/transaction.js';
import type { JobPayloads } from '../../features/jobs/index.js';
import { lockMerge, moveSome } from '../../features/merges/index.js';
import type { Installation } from '../../installation.js';

/** Moves what is left, some hundred at a time, in the direction that the merge has by then; begun again, it goes on. */
export async function moveRest(
  installation: Installation,
  { organization, id }: JobPayloads['merge.move'],
  signal: AbortSignal,
): Promise<void> {
  for (let more = true; more; ) {
    signal.throwIfAborted();
    more = await transaction(installation, organization, { type: 'system', id: 'merges' }, async (ctx) =>
      moveSome(ctx, await lockMerge(ctx, id)),
    );
  }
}
