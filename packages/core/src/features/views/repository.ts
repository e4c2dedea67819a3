import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import type { ViewFilter } from './schema.js';

/** A view as it is stored. Times are epoch milliseconds. */
export interface ViewRecord {
  id: string;
  /** Whose it is; null: everybody's, or its team's. */
  userId: string | null;
  teamId: string | null;
  name: string;
  filter: ViewFilter;
  position: number;
  version: number;
  createdAt: number;
}

interface ViewRow {
  id: string;
  user_id: string | null;
  team_id: string | null;
  name: string;
  filter: string;
  position: number;
  version: number;
  created_at: number;
}

/** The user's own views. There are at most a hundred. */
export async function findOwnViews(ctx: ReadContext, userId: string): Promise<ViewRecord[]> {
  const rows: ViewRow[] = await views(ctx).where('user_id', userId);
  return rows.map(toRecord);
}

/** Views that are shared with everybody or with a team; each has at most a hundred. */
export async function findSharedViews(ctx: ReadContext): Promise<ViewRecord[]> {
  const rows: ViewRow[] = await views(ctx).whereNull('user_id');
  return rows.map(toRecord);
}

/** The view, locked until the transaction ends. */
export async function lockView(ctx: Context, id: string): Promise<ViewRecord | undefined> {
  const [row]: ViewRow[] = await ctx.installation.storage.dialect.forUpdate(views(ctx).where('id', id));
  return row && toRecord(row);
}

export async function insertView(ctx: Context, view: ViewRecord): Promise<void> {
  await ctx.trx('views').insert({
    organization_id: ctx.organization,
    id: view.id,
    user_id: view.userId,
    team_id: view.teamId,
    created_at: view.createdAt,
    ...changeable(view),
  });
}

export async function saveView(ctx: Context, view: ViewRecord): Promise<void> {
  await views(ctx).where('id', view.id).update(changeable(view));
}

export async function deleteView(ctx: Context, id: string): Promise<void> {
  await views(ctx).where('id', id).delete();
}

function views({ trx, organization }: ReadContext): Knex.QueryBuilder {
  return trx('views').where('organization_id', organization);
}

function changeable({ name, filter, position, version }: ViewRecord) {
  return { name, filter: JSON.stringify(filter), position, version };
}

function toRecord(row: ViewRow): ViewRecord {
  return {
    id: row.id,
    userId: row.user_id,
    teamId: row.team_id,
    name: row.name,
    filter: fromJson<ViewFilter>(row.filter),
    position: row.position,
    version: row.version,
    createdAt: Number(row.created_at),
  };
}
