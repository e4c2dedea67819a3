import type { Installation } from '../../installation.js';

interface ImportPlace {
  organization_id: string;
  id: string;
}

const atOnce = 500;

export async function expiredImports(
  { storage }: Installation,
  { brokenOff, over }: { brokenOff: number; over: number },
): Promise<ImportPlace[]> {
  const imports = () => storage.reader('imports').limit(atOnce).select('organization_id', 'id');
  const [staging, ended, unstarted]: [ImportPlace[], ImportPlace[], ImportPlace[]] = await Promise.all([
    imports().where('state', 'staging').where('created_at', '<', brokenOff),
    imports().whereIn('state', ['done', 'cancelled']).where('ended_at', '<', over),
    imports().where('state', 'staged').where('created_at', '<', over),
  ]);
  return [...staging, ...ended, ...unstarted];
}

/** @returns whether there were any. */
export async function deleteSomeRows(
  { storage }: Installation,
  { organization_id, id }: ImportPlace,
): Promise<boolean> {
  const place = { organization_id, import_id: id };
  const rows: { row: number }[] = await storage
    .reader('import_rows')
    .where(place)
    .orderBy('row')
    .limit(atOnce)
    .select('row');
  const last = rows.at(-1);
  if (!last) return false;
  await storage.writer('import_rows').where(place).where('row', '<=', last.row).delete();
  return true;
}

export async function deleteImport({ storage }: Installation, place: ImportPlace): Promise<void> {
  await storage.writer('imports').where(place).delete();
}
