import type { Context, ReadContext } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { Row } from '../../plugin/index.js';
import { type CloseReason, firstCloseReasons } from './schema.js';

interface CloseReasonRow {
  id: string;
  team_id: string | null;
  key: string;
  name: string;
  position: number;
  version: number;
}

/** All of the organization's, in their order. There are tens: no paging. */
export async function listCloseReasonRows({ trx, organization }: ReadContext): Promise<CloseReason[]> {
  const rows: CloseReasonRow[] = await trx('close_reasons')
    .where('organization_id', organization)
    .orderBy(['scope', 'position', 'key']);
  return rows.map(present);
}

export async function findCloseReason(
  { trx, organization }: ReadContext,
  id: string,
): Promise<CloseReason | undefined> {
  const row: CloseReasonRow | undefined = await trx('close_reasons')
    .where({ organization_id: organization, id })
    .first();
  return row && present(row);
}

export async function insertCloseReason(ctx: Context, reason: Omit<CloseReason, 'version'>): Promise<void> {
  await ctx.trx('close_reasons').insert(toRow(ctx.organization, reason, ctx.installation.clock.now()));
}

export async function updateCloseReason(ctx: Context, { id, name, position, version }: CloseReason): Promise<void> {
  await ctx.trx('close_reasons').where({ organization_id: ctx.organization, id }).update({ name, position, version });
}

export async function deleteCloseReason({ trx, organization }: Context, id: string): Promise<void> {
  await trx('close_reasons').where({ organization_id: organization, id }).delete();
}

/** What an organization begins with; what stands already is left as it is. */
export function firstCloseReasonRows(organization: string, now: number): Row[] {
  return firstCloseReasons.map(({ key, name }, position) =>
    toRow(organization, { id: newId('closeReason'), teamId: null, key, name, position }, now),
  );
}

function toRow(organization: string, reason: Omit<CloseReason, 'version'>, now: number): Row {
  return {
    organization_id: organization,
    id: reason.id,
    team_id: reason.teamId,
    scope: reason.teamId ?? '',
    key: reason.key,
    name: reason.name,
    position: reason.position,
    version: 1,
    created_at: now,
  };
}

function present(row: CloseReasonRow): CloseReason {
  return {
    id: row.id,
    teamId: row.team_id,
    key: row.key,
    name: row.name,
    position: row.position,
    version: row.version,
  };
}
