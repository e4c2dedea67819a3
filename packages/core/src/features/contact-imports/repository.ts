import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { ContactImport, ImportColumn, ImportState } from './schema.js';

/** An import as it is stored. Times are epoch milliseconds. */
export interface ImportRecord extends Omit<ContactImport, 'createdAt' | 'endedAt' | 'state'> {
  /** `staging` while its rows are being written: nobody sees it. */
  state: ImportState | 'staging';
  createdAt: number;
  endedAt: number | null;
}

interface ImportTableRow {
  id: string;
  state: ImportRecord['state'];
  file_name: string | null;
  columns: string;
  channel_id: string | null;
  existing: ContactImport['existing'];
  created_by: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  version: number;
  created_at: number;
  ended_at: number | null;
}

export async function insertImport(ctx: Context, record: ImportRecord): Promise<void> {
  await ctx.trx('imports').insert({ organization_id: ctx.organization, id: record.id, ...changing(record) });
}

export async function updateImport({ trx, organization }: Context, record: ImportRecord): Promise<void> {
  await trx('imports').where({ organization_id: organization, id: record.id }).update(changing(record));
}

export async function findImport({ trx, organization }: ReadContext, id: string): Promise<ImportRecord | undefined> {
  const row: ImportTableRow | undefined = await trx('imports').where({ organization_id: organization, id }).first();
  return row && toRecord(row);
}

/** Locked until the transaction ends: of two runs of one import the second waits for the first. */
export async function lockImport(
  { trx, organization, installation }: Context,
  id: string,
): Promise<ImportRecord | undefined> {
  const query = trx('imports').where({ organization_id: organization, id });
  const [row]: ImportTableRow[] = await installation.storage.dialect.forUpdate(query);
  return row && toRecord(row);
}

/** Newest first; what is still being staged is none yet. */
export async function pageImports(ctx: ReadContext, request: PageRequest): Promise<Page<ContactImport>> {
  const limit = request.limit ?? defaultLimit;
  const cursor = request.cursor === undefined ? undefined : decodePage(request.cursor);
  const query = ctx.trx('imports').where('organization_id', ctx.organization).whereNot('state', 'staging');
  const rows: ImportTableRow[] = await seek(query, 'created_at', 'id', 'desc', cursor).limit(limit + 1);
  return toPage(
    rows,
    limit,
    (row) => ({ at: row.created_at, id: row.id }),
    (row) => present(toRecord(row)),
  );
}

export function present({ state, createdAt, endedAt, ...record }: ImportRecord): ContactImport {
  const shown = state === 'staging' ? 'staged' : state;
  return { ...record, state: shown, createdAt: timestamp(createdAt), endedAt: timestamp(endedAt) };
}

function changing(record: ImportRecord) {
  return {
    state: record.state,
    file_name: record.fileName,
    columns: JSON.stringify(record.columns),
    channel_id: record.channelId,
    existing: record.existing,
    created_by: record.createdBy,
    rows: record.rows,
    created: record.created,
    updated: record.updated,
    unchanged: record.unchanged,
    failed: record.failed,
    version: record.version,
    created_at: record.createdAt,
    ended_at: record.endedAt,
  };
}

function toRecord(row: ImportTableRow): ImportRecord {
  return {
    id: row.id,
    state: row.state,
    fileName: row.file_name,
    columns: fromJson<ImportColumn[]>(row.columns),
    channelId: row.channel_id,
    existing: row.existing,
    rows: row.rows,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    failed: row.failed,
    createdBy: row.created_by,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    version: row.version,
  };
}
