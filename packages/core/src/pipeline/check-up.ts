import type { Knex } from 'knex';
import { transaction } from '../database/transaction.js';
import { countDrift, rebuildCounts } from '../features/counts/index.js';
import type { Installation } from '../installation.js';
import { countsConsumer } from './consumers/counts.js';
import { lockCursor, saveCursor } from './consumers/cursors.js';

/** What waits for a person, over the whole installation. */
export interface Backlog {
  /** Events that a consumer put aside. */
  parkedEvents: number;
  /** Jobs that failed for the last time. */
  failedJobs: number;
  /** Webhooks at fault that nobody has replayed. */
  failures: number;
  /** Messages that have not left yet. */
  outbox: number;
}

export async function readBacklog(db: Knex): Promise<Backlog> {
  const count = async (query: Knex.QueryBuilder) => Number((await query.count({ count: '*' }).first())?.count ?? 0);
  return {
    parkedEvents: await count(db('parked_events')),
    failedJobs: await count(db('jobs').whereNotNull('failed_at')),
    failures: await count(db('inbound_failures').whereNull('replayed_at')),
    outbox: await count(db('outbox')),
  };
}

export interface CountsReport {
  /** Cells whose count is not what the conversations say. */
  drift: number;
  /** Events that are not counted yet; while there are some, drift is no fault. */
  behind: number;
}

/**
 * Compares an organization's counts with its conversations; with `repair`, writes them anew where they differ.
 *
 * Its head row is locked throughout: a writer advances it right before committing, so nothing changes in between.
 */
export function checkCounts(
  installation: Installation,
  organization: string,
  { repair = false }: { repair?: boolean } = {},
): Promise<CountsReport> {
  const { dialect } = installation.storage;
  return transaction(installation, organization, { type: 'system', id: 'check-up' }, async (ctx) => {
    const cursor = await lockCursor(ctx, countsConsumer.name);
    const [head] = await dialect.forUpdate(ctx.trx('organization_heads').where({ organization_id: organization }));
    const sequence = Number(head?.sequence ?? 0);
    const report = { drift: (await countDrift(ctx)).length, behind: sequence - cursor.sequence };
    if (!repair || report.drift === 0) return report;
    await rebuildCounts(ctx);
    await saveCursor(ctx, countsConsumer.name, { sequence, failingSequence: null, failures: 0 });
    return { drift: 0, behind: 0 };
  });
}
