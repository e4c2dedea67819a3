import type { Context, ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import type { FileRow } from './read-file.js';
import type { ImportRow, RowFilter, RowState } from './schema.js';

interface RowTableRow {
  row: number;
  state: RowState;
  data: string;
  fault: string | null;
  contact_id: string | null;
}

/** A row that waits for being imported. */
export type PendingRow = Pick<FileRow, 'row' | 'cells'>;

/** What became of a row. */
export interface RowOutcome {
  row: number;
  state: Exclude<RowState, 'pending'>;
  fault: string | null;
  contactId: string | null;
}

const longestFault = 1_000;

export async function insertRows(ctx: Context, importId: string, rows: readonly FileRow[]): Promise<void> {
  const { trx, organization, installation } = ctx;
  const records = rows.map(({ row, cells, fault }) => ({
    organization_id: organization,
    import_id: importId,
    row,
    state: fault === null ? 'pending' : 'failed',
    data: JSON.stringify(cells),
    fault: fault?.slice(0, longestFault) ?? null,
    contact_id: null,
  }));
  await installation.storage.dialect.bulkInsert(trx, 'import_rows', records);
}

/** The next rows that wait, in the file's order. */
export async function pendingRows(ctx: ReadContext, importId: string, limit: number): Promise<PendingRow[]> {
  const rows = await inState(ctx, importId, 'pending').orderBy('row').limit(limit).select('row', 'data');
  return rows.map(({ row, data }: Pick<RowTableRow, 'row' | 'data'>) => ({ row, cells: fromJson<string[]>(data) }));
}

/** What was imported stands in the contact; a second copy would have to be erased with it. */
const nothing = '[]';

export async function saveOutcomes(ctx: Context, importId: string, outcomes: readonly RowOutcome[]): Promise<void> {
  const { trx, organization, installation } = ctx;
  const place = ['organization_id', 'import_id', 'row'];
  const of = ({ row }: RowOutcome) => ({ organization_id: organization, import_id: importId, row });
  const done = outcomes.filter(({ state }) => state !== 'failed');
  const failed = outcomes.filter(({ state }) => state === 'failed');
  const { dialect } = installation.storage;
  await dialect.bulkUpdate(
    trx,
    'import_rows',
    place,
    done.map((one) => ({ ...of(one), state: one.state, contact_id: one.contactId, data: nothing })),
  );
  await dialect.bulkUpdate(
    trx,
    'import_rows',
    place,
    failed.map((one) => ({
      ...of(one),
      state: one.state,
      contact_id: one.contactId,
      fault: one.fault?.slice(0, longestFault) ?? null,
    })),
  );
}

export async function pageRows(
  ctx: ReadContext,
  importId: string,
  { state }: RowFilter,
  after: number,
  limit: number,
): Promise<ImportRow[]> {
  const query = inState(ctx, importId, state).where('row', '>', after).orderBy('row').limit(limit);
  const rows: RowTableRow[] = await query.select('row', 'state', 'data', 'fault', 'contact_id');
  return rows.map((row) => ({
    row: row.row,
    state: row.state,
    fault: row.fault,
    contactId: row.contact_id,
    cells: fromJson<string[]>(row.data),
  }));
}

function inState({ trx, organization }: ReadContext, importId: string, state: RowState | undefined) {
  const place = { organization_id: organization, import_id: importId };
  return trx('import_rows').where(state === undefined ? place : { ...place, state });
}
