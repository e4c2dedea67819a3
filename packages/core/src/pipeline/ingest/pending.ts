import { createHash } from 'node:crypto';
import type { Context } from '../../database/context.js';
import type { MessageUpdate } from '../../plugin/index.js';
import type { Entry } from './piece.js';

/** Keeps updates that came before their message; a redelivered one is kept once. */
export async function keepPending(
  ctx: Context,
  channelId: string,
  orphans: readonly Entry<MessageUpdate>[],
): Promise<void> {
  const rows = orphans.map(({ event, receivedAt }) => {
    const data = JSON.stringify(event);
    return {
      organization_id: ctx.organization,
      channel_id: channelId,
      external_id: event.externalId,
      digest: createHash('sha256').update(data).digest('hex'),
      data,
      received_at: receivedAt,
    };
  });
  await ctx.installation.storage.dialect.bulkInsertIgnore(ctx.trx, 'pending_updates', rows);
}

export interface PendingRow {
  key: number;
  external_id: string;
  data: string;
}

/** What was kept for messages that are coming now. */
export async function findPending(
  ctx: Context,
  channelId: string,
  externalIds: readonly string[],
): Promise<PendingRow[]> {
  if (externalIds.length === 0) return [];
  return ctx
    .trx('pending_updates')
    .where({ organization_id: ctx.organization, channel_id: channelId })
    .whereIn('external_id', externalIds)
    .orderBy('key')
    .select('key', 'external_id', 'data');
}

export async function removePending(ctx: Context, rows: readonly PendingRow[]): Promise<void> {
  await ctx
    .trx('pending_updates')
    .whereIn(
      'key',
      rows.map((row) => row.key),
    )
    .delete();
}
