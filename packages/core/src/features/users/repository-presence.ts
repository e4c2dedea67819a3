import type { Context, ReadContext } from '../../database/context.js';

/** When each was last seen, epoch milliseconds; without those whom nobody ever saw. */
export async function lastSeenOf(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, number>> {
  const rows: { id: string; last_seen_at: number }[] = await ctx
    .trx('users')
    .where('organization_id', ctx.organization)
    .whereIn('id', ids)
    .whereNotNull('last_seen_at')
    .select('id', 'last_seen_at');
  return new Map(rows.map((row) => [row.id, Number(row.last_seen_at)]));
}

export async function saveLastSeen(ctx: Context, seen: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...seen].map(([id, at]) => ({ organization_id: ctx.organization, id, last_seen_at: at }));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'users', ['organization_id', 'id'], rows);
}
