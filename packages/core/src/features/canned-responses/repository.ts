import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';

/** A canned response as it is stored. Times are epoch milliseconds. */
export interface CannedResponseRecord {
  id: string;
  teamId: string | null;
  shortcut: string;
  title: string;
  text: string;
  version: number;
  createdAt: number;
}

interface CannedResponseRow {
  id: string;
  team_id: string | null;
  shortcut: string;
  title: string;
  text: string;
  version: number;
  created_at: number;
}

/** Those of these teams and everybody's, or all, in the order of their making. */
export async function pageCannedResponses(
  ctx: ReadContext,
  teams: readonly string[] | undefined,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<CannedResponseRecord[]> {
  const query = responses(ctx).limit(limit);
  if (teams) query.whereIn('scope', ['', ...teams]);
  const rows: CannedResponseRow[] = await seek(query, 'created_at', 'id', 'asc', cursor);
  return rows.map(toRecord);
}

export async function findCannedResponse(ctx: ReadContext, id: string): Promise<CannedResponseRecord | undefined> {
  const row: CannedResponseRow | undefined = await responses(ctx).where('id', id).first();
  return row && toRecord(row);
}

export async function lockCannedResponse(ctx: Context, id: string): Promise<CannedResponseRecord | undefined> {
  const query = responses(ctx).where('id', id);
  const [row]: CannedResponseRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row && toRecord(row);
}

/** Whether another one of the team, or of everybody, has the shortcut. */
export async function shortcutTaken(
  ctx: ReadContext,
  { id, teamId, shortcut }: Pick<CannedResponseRecord, 'id' | 'teamId' | 'shortcut'>,
): Promise<boolean> {
  const found = await responses(ctx)
    .where({ scope: teamId ?? '', shortcut })
    .whereNot('id', id)
    .first('id');
  return found !== undefined;
}

export async function insertCannedResponse(ctx: Context, one: CannedResponseRecord): Promise<void> {
  await ctx.trx('canned_responses').insert({
    organization_id: ctx.organization,
    id: one.id,
    created_at: one.createdAt,
    ...changeable(one),
  });
}

export async function saveCannedResponse(ctx: Context, one: CannedResponseRecord): Promise<void> {
  await responses(ctx).where('id', one.id).update(changeable(one));
}

export async function deleteCannedResponse(ctx: Context, id: string): Promise<void> {
  await responses(ctx).where('id', id).delete();
}

/** What variables can be filled with for one conversation. */
export interface Names {
  contact: string | null;
  attributes: Record<string, unknown>;
  user: string | null;
  team: string | null;
  organization: string | null;
}

export async function readNames(
  { trx, organization, actor }: ReadContext,
  { contactId, teamId }: { contactId: string; teamId: string },
): Promise<Names> {
  const of = (table: string, id: string) => trx(table).where({ organization_id: organization, id });
  const user = trx('users')
    .join('accounts', 'accounts.id', 'users.account_id')
    .where({ 'users.organization_id': organization, 'users.id': actor.id })
    .first('accounts.name');
  const [contact, own, team, org] = await Promise.all([
    of('contacts', contactId).first('name', 'attributes'),
    user,
    of('teams', teamId).first('name'),
    trx('organizations').where('id', organization).first('name'),
  ]);
  return {
    contact: contact?.name ?? null,
    attributes: contact?.attributes ? fromJson<Record<string, unknown>>(contact.attributes) : {},
    user: own?.name ?? null,
    team: team?.name ?? null,
    organization: org?.name ?? null,
  };
}

function responses({ trx, organization }: ReadContext): Knex.QueryBuilder {
  return trx('canned_responses').where('organization_id', organization);
}

function changeable({ teamId, shortcut, title, text, version }: CannedResponseRecord) {
  return { team_id: teamId, scope: teamId ?? '', shortcut, title, text, version };
}

function toRecord(row: CannedResponseRow): CannedResponseRecord {
  return {
    id: row.id,
    teamId: row.team_id,
    shortcut: row.shortcut,
    title: row.title,
    text: row.text,
    version: row.version,
    createdAt: Number(row.created_at),
  };
}
