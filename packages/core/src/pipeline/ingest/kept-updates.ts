import { transaction } from '../../database/transaction.js';
import { idsByExternalId, lockMessages } from '../../features/messages/index.js';
import type { Installation } from '../../installation.js';
import { findPending } from './pending.js';
import { applyPending } from './updates.js';
import { ingestActor } from './write.js';

/** Longer than a transaction lasts, and than servers' clocks are apart. */
const lookBackMs = 15 * 60_000;
const chunk = 500;

/**
 * Applies updates that were kept although their message is there. Two servers that take a message and its update in the
 * same moment do not see each other's rows before they commit; nor does a send's answer see a status without reference.
 */
export async function applyKeptUpdates(installation: Installation): Promise<void> {
  for (const { organization, channelId, externalIds } of await findKept(installation)) {
    await transaction(installation, organization, ingestActor, async (ctx) => {
      const messages = await lockMessages(ctx, await idsByExternalId(ctx, channelId, externalIds));
      await applyPending(ctx, channelId, await findPending(ctx, channelId, externalIds), messages);
    });
  }
}

interface Kept {
  organization: string;
  channelId: string;
  externalIds: string[];
}

async function findKept({ storage, clock }: Installation): Promise<Kept[]> {
  const rows: { organization_id: string; channel_id: string; external_id: string }[] = await storage
    .reader('pending_updates as kept')
    .join('messages as message', (on) => {
      on.on('message.organization_id', 'kept.organization_id')
        .on('message.channel_id', 'kept.channel_id')
        .on('message.external_id', 'kept.external_id');
    })
    .where('kept.received_at', '>', clock.now() - lookBackMs)
    .limit(chunk)
    .select('kept.organization_id', 'kept.channel_id', 'kept.external_id');
  const byChannel = new Map<string, Kept>();
  for (const { organization_id: organization, channel_id: channelId, external_id: externalId } of rows) {
    const kept = byChannel.get(channelId) ?? { organization, channelId, externalIds: [] };
    kept.externalIds.push(externalId);
    byChannel.set(channelId, kept);
  }
  return [...byChannel.values()];
}
