import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { saveLastSeen } from './repository-presence.js';

const actor = { type: 'system', id: 'presence' } as const;

/** Keeps when users of an organization were last seen: for gateways, in batches, no event and no activity. */
export async function rememberSeen(
  installation: Installation,
  organization: string,
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  if (seen.size === 0) return;
  await transaction(installation, organization, actor, (ctx) => saveLastSeen(ctx, seen));
}
