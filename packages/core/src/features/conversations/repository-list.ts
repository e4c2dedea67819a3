import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type PageCursor, seek } from '../../database/page.js';
import { findConversations } from './repository.js';
import { type Branch, conditionsOf, type ListOrder, orderOf, waysOf } from './repository-branches.js';
import type { ConversationFilter } from './schema.js';
import type { ConversationRecord } from './state.js';

/**
 * How many index entries one range may read where a filter is left over that its index does not know, and then how many
 * more. What is not found among those is found by the next page, which goes on from there.
 */
const fewEntries = 400;
const budgets = [fewEntries, 600];

export interface ConversationPlaces {
  records: ConversationRecord[];
  /** Where the next page starts; undefined on the last. */
  next: PageCursor | undefined;
  order: ListOrder;
}

/**
 * The conversations that the actor may see and the filter leaves over, in order, at most the limit. What would be an OR
 * is several index ranges, each read to the limit and merged: no database has to sort or scan. First their places alone
 * are read, which the indexes hold, then the rows of the page.
 *
 * Where a filter is rare among many, a page can be short although there is more: `next` says so.
 */
export async function listConversationRecords(
  ctx: ReadContext,
  filter: ConversationFilter,
): Promise<ConversationPlaces> {
  const limit = filter.limit ?? defaultLimit;
  const order = orderOf(filter);
  const cursor = filter.cursor === undefined ? undefined : decodePage(filter.cursor);
  const { places, next } = await readPlaces(ctx, await waysOf(ctx, filter, order), order, cursor, limit);
  const records = await findConversations(
    ctx,
    places.map(({ id }) => id),
  );
  const byId = new Map(records.map((record) => [record.id, record]));
  return { records: places.flatMap(({ id }) => byId.get(id) ?? []), next, order };
}

/** How many conversations the filter leaves over, counted up to `most`; not exact where more was not looked at. */
export async function countPlaces(
  ctx: ReadContext,
  filter: ConversationFilter,
  most: number,
): Promise<{ total: number; exact: boolean }> {
  const order = orderOf(filter);
  const { places, next } = await readPlaces(ctx, await waysOf(ctx, filter, order), order, undefined, most, [most]);
  return { total: places.length, exact: next === undefined };
}

/** Those of the conversations that the actor may see and the filter leaves over. */
export async function conversationsAmong(
  ctx: ReadContext,
  ids: readonly string[],
  filter: ConversationFilter,
): Promise<ConversationRecord[]> {
  if (ids.length === 0) return [];
  const query = ctx
    .trx('conversations')
    .where('conversations.organization_id', ctx.organization)
    .whereIn('conversations.id', [...ids]);
  conditionsOf(ctx, filter)(query);
  return findConversations(ctx, await query.pluck('conversations.id'));
}

/** Of each of the contacts the conversation that was active last. */
export async function newestOfContacts(
  { trx, organization }: ReadContext,
  contactIds: readonly string[],
): Promise<Map<string, string>> {
  const ranges = contactIds.map((contact_id, index) => {
    const range = trx('conversations')
      .where({ organization_id: organization, contact_id })
      .orderBy([
        { column: 'last_activity_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(1)
      .select('contact_id', 'id');
    return trx.from(range.as(`contact_${index}`)).select('*');
  });
  const [first, ...others] = ranges;
  if (!first) return new Map();
  const rows: { contact_id: string; id: string }[] = await (others.length > 0 ? first.unionAll(others) : first);
  return new Map(rows.map((row) => [row.contact_id, row.id]));
}

interface Found {
  places: PageCursor[];
  next: PageCursor | undefined;
}

async function readPlaces(
  ctx: ReadContext,
  ways: readonly Branch[][],
  order: ListOrder,
  cursor: PageCursor | undefined,
  limit: number,
  entries: readonly number[] = budgets,
): Promise<Found> {
  const branches = await shortest(ctx, ways, order, cursor);
  if (branches.length === 0) return { places: [], next: undefined };
  // Which way is the shorter depends on what all of its ranges read: there they share the entries.
  const sharers = ways.length > 1 ? branches.length : 1;
  const places: PageCursor[] = [];
  let from = cursor;
  for (const budget of entries) {
    const wanted = limit + 1 - places.length;
    const scan = Math.max(Math.ceil(budget / sharers), wanted);
    const reads = branches.map((branch) => placesIn(ctx, branch, order, from, wanted, scan));
    const read = merged(await union<PageCursor>(ctx, reads), order);
    const horizon = await horizonOf(ctx, branches, order, from, scan);
    places.push(...(horizon ? read.filter((place) => compare(place, horizon, order) <= 0) : read));
    if (places.length > limit) return { places: places.slice(0, limit), next: places[limit - 1] };
    from = horizon;
    if (!horizon) break;
  }
  return { places, next: from };
}

/**
 * Of several ways the one that reaches furthest with as many entries in all of its ranges: it reads the fewest down to
 * any place. One that ends before reaches everything.
 */
async function shortest(
  ctx: ReadContext,
  ways: readonly Branch[][],
  order: ListOrder,
  cursor: PageCursor | undefined,
): Promise<Branch[]> {
  const [only = [], ...others] = ways;
  if (others.length === 0) return only;
  let found: { branches: Branch[]; reaches: PageCursor } | undefined;
  for (const branches of ways) {
    const reaches = await horizonOf(ctx, branches, order, cursor, Math.ceil(fewEntries / branches.length));
    if (!reaches) return branches;
    if (!found || compare(reaches, found.reaches, order) > 0) found = { branches, reaches };
  }
  return found?.branches ?? only;
}

/** The first places of one range that pass the filters which its index does not know. */
function placesIn(
  ctx: ReadContext,
  branch: Branch,
  order: ListOrder,
  cursor: PageCursor | undefined,
  limit: number,
  scan: number,
): Knex.QueryBuilder {
  const range = rangeOf(ctx, branch, order, cursor);
  if (!branch.residual) return range.limit(limit);
  const read = range.limit(scan).as('entry');
  // From the few that were read to their rows, never the other way round.
  const { joinInOrder } = ctx.installation.storage.dialect;
  const query = ctx.trx
    .from(read)
    .joinRaw(`${joinInOrder} conversations on conversations.id = entry.id and conversations.organization_id = ?`, [
      ctx.organization,
    ])
    .select('entry.at', 'entry.id');
  branch.residual(query);
  return query;
}

/** Up to where every range has been read; undefined where all were read whole. */
async function horizonOf(
  ctx: ReadContext,
  branches: readonly Branch[],
  order: ListOrder,
  cursor: PageCursor | undefined,
  scan: number,
): Promise<PageCursor | undefined> {
  const ends = branches
    .filter((branch) => branch.residual)
    .map((branch) =>
      rangeOf(ctx, branch, order, cursor)
        .limit(1)
        .offset(scan - 1),
    );
  if (ends.length === 0) return undefined;
  return merged(await union<PageCursor>(ctx, ends), order)[0];
}

function rangeOf(
  { trx, organization }: ReadContext,
  branch: Branch,
  order: ListOrder,
  cursor: PageCursor | undefined,
): Knex.QueryBuilder {
  const { table, time, id, direction } = branch.tagId ? tagOrder : order;
  const query = trx(table).where('organization_id', organization).select({ at: time, id });
  if (branch.tagId) query.where('tag_id', branch.tagId);
  else query.where(branch.equal);
  if (branch.from !== undefined) query.where(time, '>=', branch.from);
  if (branch.before !== undefined) query.where(time, '<', branch.before);
  return seek(query, time, id, direction, cursor);
}

const tagOrder = {
  table: 'conversation_tags',
  time: 'last_activity_at',
  id: 'conversation_id',
  direction: 'desc',
} as const;

async function union<Row>({ trx }: ReadContext, queries: Knex.QueryBuilder[]): Promise<Row[]> {
  const wrapped = queries.map((query, index) => trx.from(query.as(`branch_${index}`)).select('*'));
  const [first, ...others] = wrapped;
  if (!first) return [];
  return others.length > 0 ? first.unionAll(others) : first;
}

/** In order, each once: whoever leads a team and has a conversation in it finds it in two ranges. */
function merged(places: PageCursor[], order: ListOrder): PageCursor[] {
  const byId = new Map(places.map(({ at, id }) => [id, { at: Number(at), id }]));
  return [...byId.values()].sort((a, b) => compare(a, b, order));
}

function compare(a: PageCursor, b: PageCursor, { direction }: ListOrder): number {
  const later = b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
  return direction === 'desc' ? later : -later;
}
