import type { ReadContext } from '../../database/context.js';
import { veiledId } from './erased.js';
import { type MessageRecord, type MessageRow, toRecord } from './rows.js';

/** Messages of one channel by the provider's ids. */
export async function findByExternalId(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<MessageRecord[]> {
  if (externalIds.length === 0) return [];
  const rows: MessageRow[] = await ctx
    .trx('messages')
    .where({ organization_id: ctx.organization, channel_id: channelId })
    .whereIn('external_id', externalIds);
  return rows.map(toRecord);
}

/** Our ids of one channel's messages by the provider's ids. */
export async function idsByExternalId(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<string[]> {
  return (await lookUp(ctx, channelId, externalIds)).map(({ id }) => id);
}

/** Which of the provider's ids are stored already. */
export async function knownExternalIds(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await lookUp(ctx, channelId, externalIds)).map(({ externalId }) => externalId));
}

/** The messages that have these provider's ids, also those that were erased since. */
async function lookUp(
  ctx: ReadContext,
  channelId: string,
  externalIds: readonly string[],
): Promise<{ id: string; externalId: string }[]> {
  if (externalIds.length === 0) return [];
  const { trx, organization, installation } = ctx;
  const find = (names: readonly string[]): Promise<{ id: string; externalId: string }[]> =>
    trx('messages')
      .where({ organization_id: organization, channel_id: channelId })
      .whereIn('external_id', [...names])
      .select('id', { externalId: 'external_id' });
  // In this order: a message that the first no longer finds under its id was erased by what the second finds.
  const [plain, erasure] = await Promise.all([
    find(externalIds),
    trx('erasures').where('organization_id', organization).first('id'),
  ]);
  if (!erasure) return plain;
  const byVeiled = new Map(externalIds.map((id) => [veiledId(installation, id), id]));
  const veiled = await find([...byVeiled.keys()]);
  return [
    ...plain,
    ...veiled.map(({ id, externalId }) => ({ id, externalId: byVeiled.get(externalId) ?? externalId })),
  ];
}
