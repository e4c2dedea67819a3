import type { Knex } from 'knex';
import type { Context } from '../../database/context.js';

export interface ConsumerCursor {
  sequence: number;
  failingSequence: number | null;
  failures: number;
}

/** The organizations whose log has grown beyond the consumer's cursor, and how far it has. */
export async function organizationsBehind(db: Knex, name: string): Promise<{ organization: string; head: number }[]> {
  const rows: { organization_id: string; sequence: number }[] = await db('organization_heads as head')
    .leftJoin('consumers as consumer', (join) =>
      join.on('consumer.organization_id', 'head.organization_id').andOnVal('consumer.name', name),
    )
    .where((or) => {
      or.whereNull('consumer.sequence').orWhereRaw('head.sequence > consumer.sequence');
    })
    .where('head.sequence', '>', 0)
    .select('head.organization_id', 'head.sequence');
  return rows.map((row) => ({ organization: row.organization_id, head: Number(row.sequence) }));
}

/** How far the consumer is; 0 where it has not begun. */
export async function readCursor(db: Knex, organization: string, name: string): Promise<number> {
  const row = await db('consumers').where({ organization_id: organization, name }).first('sequence');
  return Number(row?.sequence ?? 0);
}

/**
 * The consumer's cursor, locked until the transaction ends: of two servers that follow the same log, one waits and then
 * finds the work done.
 */
export async function lockCursor(ctx: Context, name: string): Promise<ConsumerCursor> {
  const place = { organization_id: ctx.organization, name };
  const { dialect } = ctx.installation.storage;
  const [row] = await dialect.forUpdate(ctx.trx('consumers').where(place));
  if (row) {
    return {
      sequence: Number(row.sequence),
      failingSequence: row.failing_sequence === null ? null : Number(row.failing_sequence),
      failures: row.failures,
    };
  }
  await ctx.trx('consumers').insert({ ...place, sequence: 0, failing_sequence: null, failures: 0 });
  return { sequence: 0, failingSequence: null, failures: 0 };
}

export async function saveCursor(ctx: Context, name: string, cursor: ConsumerCursor): Promise<void> {
  await ctx
    .trx('consumers')
    .where({ organization_id: ctx.organization, name })
    .update({ sequence: cursor.sequence, failing_sequence: cursor.failingSequence, failures: cursor.failures });
}

/** Puts an event aside that the consumer cannot handle, visibly, so that the rest goes on. */
export async function parkEvent(ctx: Context, consumer: string, sequence: number, error: string): Promise<void> {
  await ctx.trx('parked_events').insert({
    organization_id: ctx.organization,
    consumer,
    sequence,
    error: error.slice(0, 1000),
    parked_at: ctx.installation.clock.now(),
  });
}
