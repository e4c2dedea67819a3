import type { Context, ReadContext } from '../../database/context.js';
import type { ActivityRow, ChainHead } from './rows.js';

/** What rows are chosen by; times are epoch milliseconds, `below` and `above` are sequences. */
export interface ActivityChoice {
  actor?: string | undefined;
  action?: string | undefined;
  entity?: string | undefined;
  conversation?: string | undefined;
  via?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  below?: number | undefined;
}

/** Clocks of servers differ, and are set: a row's time may be so much off its place in the sequence, milliseconds. */
const slack = 3_600_000;

/** Rows of the choice, newest first. Each single choice has an index that ends with the sequence: nothing is sorted. */
export async function newestActivities(
  ctx: ReadContext,
  chosen: ActivityChoice,
  limit: number,
): Promise<ActivityRow[]> {
  const { actor, action, entity, conversation, via, from, to, below } = chosen;
  const query = logs(ctx).orderBy('sequence', 'desc').limit(limit);
  if (actor !== undefined) query.where('actor_id', actor);
  if (action !== undefined) query.where('action', action);
  if (entity !== undefined) query.where('entity_id', entity);
  if (conversation !== undefined) query.where('conversation_id', conversation);
  if (via !== undefined) query.where('via', via);
  if (below !== undefined) query.where('sequence', '<', below);
  if (from !== undefined) {
    const first = await nextInTime(ctx, from - slack);
    if (first === undefined) return [];
    query.where('sequence', '>=', first).where('at', '>=', from);
  }
  if (to !== undefined) {
    const end = await nextInTime(ctx, to + slack);
    if (end !== undefined) query.where('sequence', '<', end);
    query.where('at', '<', to);
  }
  return (await query).map(toRow);
}

/** The sequence of the first row at this time or later: turns a span of time into one of sequences, which has the order. */
async function nextInTime(ctx: ReadContext, at: number): Promise<number | undefined> {
  const row: { sequence: number } | undefined = await ctx
    .trx('activity_logs')
    .where('organization_id', ctx.organization)
    .where('at', '>=', at)
    .orderBy([{ column: 'at' }, { column: 'sequence' }])
    .first('sequence');
  return row && Number(row.sequence);
}

/** Rows after `sequence`, in the chain's order. */
export async function activitiesAfter(ctx: ReadContext, sequence: number, limit: number): Promise<ActivityRow[]> {
  const rows: ActivityRow[] = await logs(ctx).where('sequence', '>', sequence).orderBy('sequence').limit(limit);
  return rows.map(toRow);
}

/** A row that stands before the chain's begin, where there should be none. */
export async function activityUpTo(ctx: ReadContext, sequence: number): Promise<ActivityRow | undefined> {
  const row: ActivityRow | undefined = await logs(ctx).where('sequence', '<=', sequence).orderBy('sequence').first();
  return row && toRow(row);
}

export async function findHead({ trx, organization }: ReadContext): Promise<ChainHead | undefined> {
  const row: HeadRow | undefined = await trx('activity_heads').where('organization_id', organization).first();
  return row && toHead(row);
}

/** The head, locked until the transaction ends: nobody records meanwhile. */
export async function lockChain(ctx: Context): Promise<ChainHead | undefined> {
  const query = ctx.trx('activity_heads').where('organization_id', ctx.organization);
  const [row]: HeadRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row && toHead(row);
}

/** Writes where the chain ends; with `begin`, where it begins too: the first rows of an organization. */
export function saveEnd(ctx: Context, end: Signed, begin: Signed | undefined): Promise<void> {
  const place = { organization_id: ctx.organization };
  const heads = ctx.trx('activity_heads');
  const saved = begin ? heads.insert({ ...place, ...end, ...checkpointOf(begin) }) : heads.where(place).update(end);
  // Sent now: the log's head is locked after this one, in every transaction alike.
  return saved.then(() => undefined);
}

export function insertActivities(ctx: Context, rows: readonly ActivityRow[]): Promise<void> {
  return ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'activity_logs', rows);
}

/** A place in the chain that is vouched for. */
interface Signed {
  sequence: number;
  mac: string;
  signature: string;
}

function checkpointOf({ sequence, mac, signature }: Signed) {
  return { checkpoint_sequence: sequence, checkpoint_mac: mac, checkpoint_signature: signature };
}

/** Moves the chain's begin behind `mark` and removes what stood before it. */
export async function cutBefore(ctx: Context, mark: Signed): Promise<void> {
  const place = { organization_id: ctx.organization };
  await ctx.trx('activity_heads').where(place).update(checkpointOf(mark));
  await ctx.trx('activity_logs').where(place).where('sequence', '<=', mark.sequence).delete();
}

interface HeadRow {
  sequence: number;
  mac: string;
  signature: string;
  checkpoint_sequence: number;
  checkpoint_mac: string;
  checkpoint_signature: string;
}

function toHead(row: HeadRow): ChainHead {
  return {
    sequence: Number(row.sequence),
    mac: row.mac,
    signature: row.signature,
    checkpointSequence: Number(row.checkpoint_sequence),
    checkpointMac: row.checkpoint_mac,
    checkpointSignature: row.checkpoint_signature,
  };
}

function logs({ trx, organization }: ReadContext) {
  return trx('activity_logs')
    .where('organization_id', organization)
    .select(
      'organization_id',
      'sequence',
      'at',
      'actor_type',
      'actor_id',
      'via',
      'ip',
      'action',
      'entity_id',
      'conversation_id',
      'data',
      'mac',
    );
}

/** Some drivers answer large integers as text; the code of a row is made over numbers. */
function toRow(row: ActivityRow): ActivityRow {
  return { ...row, sequence: Number(row.sequence), at: Number(row.at) };
}
