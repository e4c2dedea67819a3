import type { ReadContext } from '../../database/context.js';
import { defaultLimit, type Page, type PageRequest } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { findImport, type ImportRecord, pageImports, present } from './repository.js';
import { pageRows } from './repository-rows.js';
import type { ContactImport, ImportRow, RowFilter } from './schema.js';

/** Newest first. */
export async function listImports(ctx: ReadContext, request: PageRequest): Promise<Page<ContactImport>> {
  demand(ctx.actor, 'contacts:transfer');
  return pageImports(ctx, request);
}

export async function getImport(ctx: ReadContext, id: string): Promise<ContactImport> {
  return present(await ownImport(ctx, id));
}

/** The file's rows with what became of each, in the file's order. */
export async function listImportRows(
  ctx: ReadContext,
  { id, cursor, limit = defaultLimit, ...filter }: { id: string } & RowFilter & PageRequest,
): Promise<Page<ImportRow>> {
  await ownImport(ctx, id);
  const after = cursor === undefined ? 0 : decodeRow(cursor);
  const rows = await pageRows(ctx, id, filter, after, limit + 1);
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? encodeRow(last.row) : null };
}

async function ownImport(ctx: ReadContext, id: string): Promise<ImportRecord> {
  demand(ctx.actor, 'contacts:transfer');
  const record = await findImport(ctx, id);
  return record && record.state !== 'staging' ? record : fail('not_found', `There is no import ${id}`);
}

function encodeRow(row: number): string {
  return Buffer.from(`row ${row}`).toString('base64url');
}

function decodeRow(cursor: string): number {
  const [, row] = /^row (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  return row === undefined ? fail('cursor_invalid') : Number(row);
}
