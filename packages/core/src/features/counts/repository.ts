import type { Context, ReadContext } from '../../database/context.js';
import type { ConversationScalars, LoggedEvent } from '../../pipeline/event-log/event.js';
import type { ConversationRecord } from '../conversations/index.js';

/** One cell: how many conversations share these scalars. */
export interface Cell {
  channel_id: string;
  team_id: string;
  /** Empty where nobody has it. */
  assignee_id: string;
  lifecycle: ConversationRecord['lifecycle'];
  handler: ConversationRecord['handler'];
  unread: number;
}

const keys = ['organization_id', 'channel_id', 'team_id', 'assignee_id', 'lifecycle', 'handler', 'unread'];

/** Moves conversations from the cell they left to the one they entered; a batch is one statement. */
export async function applyToCounts(ctx: Context, events: readonly LoggedEvent[]): Promise<void> {
  const deltas = new Map<string, { cell: Cell; count: number }>();
  const add = (scalars: ConversationScalars, by: number) => {
    const cell = cellOf(scalars);
    const name = nameOf(cell);
    const delta = deltas.get(name) ?? { cell, count: 0 };
    deltas.set(name, { cell, count: delta.count + by });
  };
  for (const { before, after } of events) {
    if (before === undefined || !after) continue;
    if (before) add(before, -1);
    add(after, 1);
  }
  const rows = [...deltas.values()]
    .filter(({ count }) => count !== 0)
    .map(({ cell, count }) => ({ organization_id: ctx.organization, ...cell, count }));
  await ctx.installation.storage.dialect.bulkAdd(ctx.trx, 'conversation_counts', keys, 'count', rows);
}

/** The cells that count something. */
export async function readCells({ trx, organization }: ReadContext): Promise<(Cell & { count: number })[]> {
  const rows: (Cell & { count: number })[] = await trx('conversation_counts')
    .where('organization_id', organization)
    .andWhere('count', '>', 0)
    .select(...keys.slice(1), 'count');
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** What the counts say and what the conversations say, where they differ. */
export async function countDrift(ctx: ReadContext): Promise<{ cell: string; counted: number; actual: number }[]> {
  const counted = new Map<string, number>();
  const stored: (Cell & { count: number })[] = await ctx
    .trx('conversation_counts')
    .where('organization_id', ctx.organization)
    .select(...keys.slice(1), 'count');
  for (const { count, ...cell } of stored) counted.set(nameOf(cell), Number(count));
  const actual = new Map<string, number>();
  for (const { count, ...cell } of await recount(ctx)) actual.set(nameOf(cell), Number(count));
  return [...new Set([...counted.keys(), ...actual.keys()])]
    .map((cell) => ({ cell, counted: counted.get(cell) ?? 0, actual: actual.get(cell) ?? 0 }))
    .filter((one) => one.counted !== one.actual);
}

/** Writes the counts anew from the conversations. The caller holds the consumer's cursor. */
export async function rebuildCounts(ctx: Context): Promise<void> {
  const rows = await recount(ctx);
  await ctx.trx('conversation_counts').where('organization_id', ctx.organization).delete();
  await ctx.installation.storage.dialect.bulkInsert(
    ctx.trx,
    'conversation_counts',
    rows.map((row) => ({ organization_id: ctx.organization, ...row })),
  );
}

async function recount({ trx, organization }: ReadContext): Promise<(Cell & { count: number })[]> {
  const unread = trx.raw('case when unread_count > 0 then 1 else 0 end');
  const assignee = trx.raw("coalesce(assignee_id, '')");
  return trx('conversations')
    .where('organization_id', organization)
    .groupBy('channel_id', 'team_id', trx.raw("coalesce(assignee_id, '')"), 'lifecycle', 'handler', unread)
    .select('channel_id', 'team_id', { assignee_id: assignee }, 'lifecycle', 'handler', { unread })
    .count({ count: '*' }) as unknown as Promise<(Cell & { count: number })[]>; // knex cannot type computed columns
}

function cellOf(scalars: ConversationScalars): Cell {
  return {
    channel_id: scalars.channelId,
    team_id: scalars.teamId,
    assignee_id: scalars.assigneeId ?? '',
    // The log's texts were written from a conversation's.
    lifecycle: scalars.lifecycle as Cell['lifecycle'],
    handler: scalars.handler as Cell['handler'],
    unread: scalars.unread > 0 ? 1 : 0,
  };
}

const nameOf = (cell: Cell) =>
  [cell.channel_id, cell.team_id, cell.assignee_id, cell.lifecycle, cell.handler, cell.unread].join(' ');
