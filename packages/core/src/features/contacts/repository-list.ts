import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { seek } from '../../database/page.js';
import { comparable } from '../../kernel/text.js';
import { scopeOf } from '../roles/index.js';
import type { ContactPlace } from './cursor.js';
import { contactsSeen, type Owners, ownersSeen } from './repository-sight.js';
import type { ContactFilter } from './schema.js';

/** By the id, the newest first; those whose name begins with a text by name; the blocked by when they were. */
export type ContactOrder = 'newest' | 'name' | 'blocked';

export function orderOf({ name, blocked }: ContactFilter): ContactOrder {
  if (name !== undefined) return 'name';
  return blocked === true ? 'blocked' : 'newest';
}

/** Reads the places of one index range, from the cursor on. */
type Range = (cursor: ContactPlace | undefined, limit: number) => Promise<ContactPlace[]>;

/**
 * How many entries of an index one page may read to find what the filter leaves over: first few, then many. What is not
 * found among those is found by the next page, which goes on from there.
 */
const budgets = [400, 4_000];

/**
 * The contacts that the actor sees and the filter leaves over, at most the limit, and where the next page starts. One
 * index leads, or one for each team of somebody who sees theirs alone; what it does not know is checked of a bounded
 * number of contacts. Where the filter is rare, a page can be short although there is more: `next` says so.
 */
export async function listPlaces(
  ctx: ReadContext,
  filter: ContactFilter,
  cursor: ContactPlace | undefined,
  limit: number,
): Promise<{ ids: string[]; next: ContactPlace | undefined }> {
  const owners = scopeOf(ctx.actor, 'contacts:read') === 'all' ? undefined : ownersSeen(ctx);
  if (owners === 'nobody') return { ids: [], next: undefined };
  const order = orderOf(filter);
  const ranges = rangesOf(ctx, filter, order, owners);
  let found: { ids: string[]; next: ContactPlace | undefined } = { ids: [], next: undefined };
  for (const budget of budgets) {
    const read = await Promise.all(ranges.map((range) => range(cursor, budget)));
    // Up to where every range has been read.
    const ends = read.flatMap((places) => (places.length === budget ? (places.at(-1) ?? []) : []));
    const horizon = ends.sort((a, b) => compare(a, b, order))[0];
    const sure = merged(read, order).filter((place) => !horizon || compare(place, horizon, order) <= 0);
    const left = await leftOver(ctx, filter, sure);
    const page = left.slice(0, limit);
    found = { ids: page.map(({ id }) => id), next: left.length > limit ? page.at(-1) : horizon };
    if (left.length > limit || !horizon) break;
  }
  return found;
}

function rangesOf(ctx: ReadContext, filter: ContactFilter, order: ContactOrder, owners: Owners): Range[] {
  if (order === 'name') return [named(ctx, comparable(filter.name ?? ''))];
  if (order === 'blocked') return [blocked(ctx)];
  if (filter.tagId !== undefined) return [byId(ctx, 'contact_tags', 'contact_id', { tag_id: filter.tagId })];
  if (owners) {
    const teams = new Set([...(owners.teams ?? []), ...(owners.queues ?? [])]);
    const of = [{ assignee_id: owners.assignee }, ...[...teams].map((team_id) => ({ team_id }))];
    return of.map((equal) => byId(ctx, 'conversations', 'contact_id', equal));
  }
  return [filter.kind === undefined ? newest(ctx) : byId(ctx, 'contacts', 'id', { kind: filter.kind })];
}

function newest({ trx, organization }: ReadContext): Range {
  return async (cursor, limit) => {
    // `version` is in no other index: MariaDB would sort what it reads from one that is narrower than the primary key.
    const query = trx('contacts').where('organization_id', organization).orderBy('id', 'desc').limit(limit);
    if (cursor) query.where('id', '<', cursor.id);
    const rows: { id: string }[] = await query.select('id', 'version');
    return rows.map(({ id }) => ({ key: null, id }));
  };
}

function byId({ trx, organization }: ReadContext, table: string, id: string, equal: Record<string, string>): Range {
  return async (cursor, limit) => {
    const query = trx(table)
      .where({ organization_id: organization, ...equal })
      .orderBy(id, 'desc')
      .limit(limit);
    if (cursor) query.where(id, '<', cursor.id);
    const ids: string[] = await query.pluck(id);
    return ids.map((one) => ({ key: null, id: one }));
  };
}

function named({ trx, organization }: ReadContext, beginning: string): Range {
  return (cursor, limit) => {
    const query = trx('contacts')
      .where('organization_id', organization)
      .where('name_key', '>=', beginning)
      .where('name_key', '<', `${beginning}\u{10ffff}`)
      .limit(limit);
    return by(query, 'name_key', 'asc', cursor);
  };
}

function blocked({ trx, organization }: ReadContext): Range {
  return (cursor, limit) => {
    // NULL is no time: a lower bound leaves those out who are heard.
    const query = trx('contacts').where('organization_id', organization).where('blocked_at', '>', 0).limit(limit);
    return by(query, 'blocked_at', 'desc', cursor);
  };
}

async function by(
  query: Knex.QueryBuilder,
  column: 'name_key' | 'blocked_at',
  direction: 'asc' | 'desc',
  cursor: ContactPlace | undefined,
): Promise<ContactPlace[]> {
  const place = cursor && cursor.key !== null ? { at: cursor.key, id: cursor.id } : undefined;
  const rows: { key: string | number; id: string }[] = await seek(query, column, 'id', direction, place).select(
    { key: column },
    'id',
  );
  return rows.map(({ key, id }) => ({ key: column === 'blocked_at' ? Number(key) : key, id }));
}

/** In order, each once: a contact has many conversations. */
function merged(read: readonly ContactPlace[][], order: ContactOrder): ContactPlace[] {
  const byId = new Map(read.flat().map((place) => [place.id, place]));
  const places = [...byId.values()];
  // One range is in order already, by the database's own comparison.
  return read.length > 1 ? places.sort((a, b) => compare(a, b, order)) : places;
}

/** Only ever of several ranges where the order is that of the ids; of one, what was read last is its end. */
function compare(a: ContactPlace, b: ContactPlace, order: ContactOrder): number {
  if (order !== 'newest') return 0;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

const chunk = 500;

/** Those of the places whose contact stands, passes the filter and is seen. */
async function leftOver(
  ctx: ReadContext,
  filter: ContactFilter,
  places: readonly ContactPlace[],
): Promise<ContactPlace[]> {
  const ids = places.map(({ id }) => id);
  const passing = new Set<string>();
  for (let at = 0; at < ids.length; at += chunk) {
    for (const id of await filtered(ctx, filter, ids.slice(at, at + chunk))) passing.add(id);
  }
  const seen = await contactsSeen(ctx, [...passing]);
  return places.filter(({ id }) => seen.has(id));
}

async function filtered(
  { trx, organization }: ReadContext,
  { kind, blocked, tagId, channelId }: ContactFilter,
  ids: readonly string[],
): Promise<string[]> {
  const query = trx('contacts')
    .where('contacts.organization_id', organization)
    .whereIn('contacts.id', ids)
    .whereNull('contacts.erased_at')
    // Whoever was linked to another contact is found as that one.
    .whereNull('contacts.merged_into');
  if (kind !== undefined) query.where('contacts.kind', kind);
  if (blocked !== undefined) query[blocked ? 'whereNotNull' : 'whereNull']('contacts.blocked_at');
  const having = (table: string, equal: Record<string, string>) =>
    query.whereExists((of) => {
      of.from(table)
        .where({ organization_id: organization, ...equal })
        .whereRaw(`${table}.contact_id = contacts.id`)
        .select(trx.raw('1'));
    });
  if (tagId !== undefined) having('contact_tags', { tag_id: tagId });
  if (channelId !== undefined) having('identities', { channel_id: channelId });
  return query.pluck('contacts.id');
}
