import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import { timestamp } from '../../kernel/schema.js';
import type { InboundFailure } from './schema.js';

interface FailureRow {
  id: string;
  kind: string;
  channel_id: string | null;
  reason: string;
  detail: string;
  size: number;
  attempts: number;
  received_at: number;
  replayed_at: number | null;
}

/** The organization's failures, newest first; an operator also sees those that belong to nobody. */
export async function listFailures(ctx: ReadContext, page: PageRequest): Promise<Page<InboundFailure>> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  // Two index ranges, each read to the limit: an OR would read and sort everything.
  const ranges = await Promise.all(
    owners(ctx).map((owner) => {
      const range = ctx.trx('inbound_failures').where('organization_id', owner);
      return seek(range, 'received_at', 'id', 'desc', cursor)
        .limit(limit + 1)
        .select('id', 'kind', 'channel_id', 'reason', 'detail', 'attempts', 'received_at', 'replayed_at', {
          size: ctx.trx.raw('length(body)'),
        });
    }),
  );
  const rows: FailureRow[] = ranges.flat().sort((a, b) => b.received_at - a.received_at || (a.id < b.id ? 1 : -1));
  return toPage(rows, limit, (row) => ({ at: row.received_at, id: row.id }), present);
}

export interface KeptFailure {
  failure: InboundFailure;
  body: Buffer;
}

export async function findFailure(ctx: ReadContext, id: string): Promise<KeptFailure | undefined> {
  const row: (FailureRow & { organization_id: string | null; body: Buffer }) | undefined = await ctx
    .trx('inbound_failures')
    .where('id', id)
    .first();
  if (!row || !owners(ctx).includes(row.organization_id)) return undefined;
  return { failure: present({ ...row, size: row.body.length }), body: Buffer.from(row.body) };
}

export async function markReplayed(db: Knex, id: string, at: number): Promise<void> {
  await db('inbound_failures').where('id', id).update({ replayed_at: at });
}

export async function countAttempt(db: Knex, id: string): Promise<void> {
  await db('inbound_failures').where('id', id).increment('attempts');
}

/** Whose failures the actor sees: the organization's, and for an operator those of nobody. */
function owners({ organization, actor }: ReadContext): (string | null)[] {
  const operator = actor.type === 'system' || actor.operator;
  return operator ? [organization, null] : [organization];
}

function present(row: FailureRow): InboundFailure {
  return {
    id: row.id,
    kind: row.kind,
    channelId: row.channel_id,
    reason: row.reason,
    detail: row.detail,
    size: Number(row.size),
    attempts: row.attempts,
    receivedAt: timestamp(row.received_at),
    replayedAt: timestamp(row.replayed_at),
  };
}
