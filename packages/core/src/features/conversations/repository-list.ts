import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type PageCursor, seek } from '../../database/page.js';
import { narrowing } from '../roles/index.js';
import { type ConversationRow, toRecord } from './rows.js';
import type { ConversationFilter } from './schema.js';
import { type ConversationRecord, type Status, statuses, statusesOf } from './state.js';

/** An index range: equality on these columns, then the order. */
interface Branch {
  team?: string;
  assignee?: string;
  status?: Status;
}

/**
 * The conversations that the actor may see and the filter leaves over, last activity first, one more than the limit.
 * What would be an OR is several index ranges, each read to the limit and merged: no database has to sort or scan.
 */
export async function listConversationRecords(
  ctx: ReadContext,
  filter: ConversationFilter,
): Promise<{ rows: ConversationRecord[]; limit: number }> {
  const limit = filter.limit ?? defaultLimit;
  const cursor = filter.cursor === undefined ? undefined : decodePage(filter.cursor);
  const ranges = branchesOf(ctx, filter).map((branch) => rangeOf(ctx, branch, filter, cursor, limit + 1));
  if (ranges.length === 0) return { rows: [], limit };
  const wrapped = ranges.map((range, index) => ctx.trx.from(range.as(`branch_${index}`)).select('*'));
  const [first, ...others] = wrapped;
  const rows: ConversationRow[] = first ? await (others.length > 0 ? first.unionAll(others) : first) : [];
  return { rows: merged(rows, limit + 1).map(toRecord), limit };
}

function branchesOf({ actor }: ReadContext, filter: ConversationFilter): Branch[] {
  const chosen = statusFilter(filter);
  const narrow = narrowing(actor);
  const owners: (Branch & { only?: Status })[] = [];
  if (!narrow) owners.push(ownerOf(filter));
  for (const team of narrow?.teams ?? []) owners.push({ team });
  if (narrow?.assignee) owners.push({ assignee: narrow.assignee });
  for (const team of narrow?.queues ?? []) owners.push({ team, only: 'queued' });

  return owners
    .filter((owner) => !filter.teamId || !owner.team || owner.team === filter.teamId)
    .flatMap(({ only, ...owner }) => {
      const wanted = only ? (chosen ?? [only]).filter((status) => status === only) : chosen;
      // Without any owner or status the plain order has its own index.
      if (!wanted) return owner.team || owner.assignee ? statuses.map((status) => ({ ...owner, status })) : [owner];
      return wanted.map((status) => ({ ...owner, status }));
    });
}

function ownerOf(filter: ConversationFilter): Branch {
  if (filter.assigneeId) return { assignee: filter.assigneeId };
  return filter.teamId ? { team: filter.teamId } : {};
}

function statusFilter({ status, lifecycle }: ConversationFilter): readonly Status[] | undefined {
  if (!lifecycle) return status ? [status] : undefined;
  return statusesOf(lifecycle).filter((one) => !status || one === status);
}

function rangeOf(
  { trx, organization }: ReadContext,
  branch: Branch,
  filter: ConversationFilter,
  cursor: PageCursor | undefined,
  limit: number,
): Knex.QueryBuilder {
  const query = trx('conversations').where('organization_id', organization).limit(limit);
  if (branch.team) query.where('team_id', branch.team);
  if (branch.assignee) query.where('assignee_id', branch.assignee);
  if (branch.status) query.where('status', branch.status);
  if (filter.teamId && !branch.team) query.where('team_id', filter.teamId);
  if (filter.assigneeId && !branch.assignee) query.where('assignee_id', filter.assigneeId);
  if (filter.channelId) query.where('channel_id', filter.channelId);
  if (filter.contactId) query.where('contact_id', filter.contactId);
  if (filter.unread === true) query.where('unread_count', '>', 0);
  if (filter.unread === false) query.where('unread_count', 0);
  return seek(query, 'last_activity_at', 'id', 'desc', cursor);
}

function merged(rows: ConversationRow[], limit: number): ConversationRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...byId.values()]
    .sort((a, b) => b.last_activity_at - a.last_activity_at || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}
