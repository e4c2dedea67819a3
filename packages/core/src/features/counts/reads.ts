import type { ReadContext } from '../../database/context.js';
import { type CountFilter, countPlaces, statusOf } from '../conversations/index.js';
import { demand, isQueued, type Owned, sight } from '../roles/index.js';
import { type Cell, readCells } from './repository.js';
import type { Count, Counts } from './schema.js';

/**
 * Counts of what the actor sees. They follow the log a moment behind, and cost the same however many conversations there
 * are: what is read are the cells, of which there are few.
 */
export async function countConversations(ctx: ReadContext, filter: CountFilter = {}): Promise<Counts> {
  demand(ctx.actor, 'conversations:read');
  const [cells, channels] = await Promise.all([readCells(ctx), ctx.installation.channels.current()]);
  const seen = cells.filter((cell) => sight(ctx.actor, ownedOf(cell)) !== 'none');
  const open = seen.filter((cell) => cell.lifecycle === 'open');
  return {
    mine: sum(open.filter((cell) => cell.assignee_id === ctx.actor.id)),
    queue: sum(open.filter((cell) => isQueued(ownedOf(cell)))),
    all: sum(open),
    filtered: await countFiltered(ctx, filter, seen),
    pending: sum(seen.filter((cell) => cell.lifecycle === 'pending')),
    closed: sum(seen.filter((cell) => cell.lifecycle === 'closed')),
    teams: [...grouped(open, (cell) => cell.team_id)].map(([teamId, of]) => ({ teamId, ...sum(of) })),
    channels: [...grouped(open, (cell) => cell.channel_id)].map(([id, of]) => {
      const { kind = 'unknown', name = '' } = channels.byId(id) ?? {};
      return { id, kind, name, ...sum(of) };
    }),
  };
}

/** The most that is counted one by one. */
const mostCounted = 1_000;

/** From the cells where they know all that is filtered by; else by looking, up to a bound. */
async function countFiltered(
  ctx: ReadContext,
  filter: CountFilter,
  seen: readonly (Cell & { count: number })[],
): Promise<Counts['filtered']> {
  const { teamId, assigneeId, channelId, status, lifecycle, unread, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) {
    return countPlaces(ctx, filter, mostCounted);
  }
  if (Object.values(filter).every((value) => value === undefined)) return null;
  const wanted = seen.filter(
    (cell) =>
      (teamId === undefined || cell.team_id === teamId) &&
      (assigneeId === undefined || cell.assignee_id === assigneeId) &&
      (channelId === undefined || cell.channel_id === channelId) &&
      (lifecycle === undefined || cell.lifecycle === lifecycle) &&
      (status === undefined || statusOf(cell) === status) &&
      (unread === undefined || (cell.unread === 1) === unread),
  );
  return { total: sum(wanted).total, exact: true };
}

function ownedOf(cell: Cell): Owned {
  return {
    teamId: cell.team_id,
    assigneeId: cell.assignee_id === '' ? null : cell.assignee_id,
    lifecycle: cell.lifecycle,
    handler: cell.handler,
  };
}

function sum(cells: readonly (Cell & { count: number })[]): Count {
  let [total, unread] = [0, 0];
  for (const cell of cells) {
    total += cell.count;
    if (cell.unread) unread += cell.count;
  }
  return { total, unread };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
