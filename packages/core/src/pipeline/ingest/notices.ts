import { createHash } from 'node:crypto';
import type { Context } from '../../database/context.js';
import { lookUpPeople } from '../../features/contacts/index.js';
import { newId } from '../../kernel/ids.js';
import type { ChannelNotice } from '../../plugin/index.js';
import type { Entry } from './piece.js';

/** Keeps what the provider said about one channel or account; an opt-out also marks the person. */
export async function storeNotices(ctx: Context, entries: Entry<ChannelNotice>[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const byDigest = new Map(entries.map((entry) => [digestOf(entry.event), entry]));
  const known: { digest: string }[] = await ctx
    .trx('channel_notices')
    .where({ organization_id: ctx.organization, channel_id: first.channel.id })
    .whereIn('digest', [...byDigest.keys()])
    .select('digest');
  for (const { digest } of known) byDigest.delete(digest);
  const rows = [...byDigest].map(([digest, { channel, event }]) => ({
    organization_id: ctx.organization,
    id: newId('notice', event.at),
    channel_id: channel.id,
    notice: event.notice,
    name: event.name.slice(0, 191),
    data: JSON.stringify(event.data),
    digest,
    at: event.at,
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'channel_notices', rows);
  await markOptOuts(ctx, first.channel.id, [...byDigest.values()]);
  for (const { id, channel_id, notice, name } of rows) {
    ctx.append({
      type: 'channel.notice',
      entityId: channel_id,
      entityVersion: 0,
      changes: { noticeId: id, notice, name },
    });
  }
}

async function markOptOuts(ctx: Context, channelId: string, entries: Entry<ChannelNotice>[]): Promise<void> {
  const optOuts = entries.flatMap(({ event }) =>
    event.notice === 'opt_out' && event.person ? { person: event.person, event } : [],
  );
  if (optOuts.length === 0) return;
  const people = await lookUpPeople(
    ctx,
    channelId,
    optOuts.map(({ person }) => person),
  );
  for (const { person, event } of optOuts.sort((a, b) => a.event.at - b.event.at)) {
    const identity = people.find(person);
    if (identity) people.optedOut(identity, event.data.value === 'resume' ? null : event.at);
  }
  ctx.append(...(await people.flush()));
}

function digestOf(event: ChannelNotice): string {
  return createHash('sha256').update(JSON.stringify(event)).digest('hex');
}
