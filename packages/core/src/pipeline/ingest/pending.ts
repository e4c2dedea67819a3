import { createHash } from 'node:crypto';
import type { Context } from '../../database/context.js';
import type { OpenChannel } from '../../features/channels/index.js';
import type { MessageRecord } from '../../features/messages/index.js';
import { fromJson } from '../../kernel/json.js';
import type { MessageUpdate } from '../../plugin/index.js';
import type { Entry } from './piece.js';
import { applyTo } from './updates.js';

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

/** Applies what was kept for messages that are there now. */
export async function applyPending(ctx: Context, channel: OpenChannel, messages: readonly MessageRecord[]): Promise<void> {
  const byExternal = new Map(messages.map((message) => [message.externalId, message]));
  const externalIds = messages.flatMap((message) => message.externalId ?? []);
  if (externalIds.length === 0) return;
  const kept: { key: number; external_id: string; data: string }[] = await ctx
    .trx('pending_updates')
    .where({ organization_id: ctx.organization, channel_id: channel.id })
    .whereIn('external_id', externalIds)
    .select('key', 'external_id', 'data');
  if (kept.length === 0) return;
  await ctx.trx('pending_updates').whereIn('key', kept.map((row) => row.key)).delete();
  const matched = kept.flatMap((row) => {
    const message = byExternal.get(row.external_id);
    return message ? { event: fromJson<MessageUpdate>(row.data), message } : [];
  });
  await applyTo(ctx, channel.id, matched);
}
