import type { ReadContext } from '../../database/context.js';

export interface LoadRow {
  assigneeId: string;
  open: number;
  unanswered: number;
  oldest: number | null;
}

/** What each of the users has open: one index range each, as long as what they have. */
export async function readLoads({ trx, organization }: ReadContext, userIds: readonly string[]): Promise<LoadRow[]> {
  if (userIds.length === 0) return [];
  const rows: { assignee_id: string; open: number; unanswered: number; oldest: number | null }[] = await trx(
    'conversations',
  )
    .where({ organization_id: organization, status: 'assigned' })
    .whereIn('assignee_id', userIds)
    .groupBy('assignee_id')
    .select('assignee_id', {
      open: trx.raw('count(*)'),
      unanswered: trx.raw('count(waiting_since)'),
      oldest: trx.raw('min(waiting_since)'),
    });
  return rows.map((row) => ({
    assigneeId: row.assignee_id,
    open: Number(row.open),
    unanswered: Number(row.unanswered),
    oldest: row.oldest === null ? null : Number(row.oldest),
  }));
}

/** What waits in the queue of the team. */
export async function readQueue(
  { trx, organization }: ReadContext,
  teamId: string,
): Promise<{ waiting: number; oldest: number | null }> {
  const row: { waiting: number; oldest: number | null } | undefined = await trx('conversations')
    .where({ organization_id: organization, team_id: teamId, status: 'queued' })
    .first({ waiting: trx.raw('count(*)'), oldest: trx.raw('min(waiting_since)') });
  const oldest = row?.oldest ?? null;
  return { waiting: Number(row?.waiting ?? 0), oldest: oldest === null ? null : Number(oldest) };
}
