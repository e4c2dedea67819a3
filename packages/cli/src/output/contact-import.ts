import type { ContactImport, ImportRow, Tims } from '@tims/sdk';
import { shortIds } from '../short-id.js';
import { facts } from './facts.js';
import { print, printJson, say } from './print.js';
import { table } from './table.js';
import { ago } from './time.js';

export function importTable(imports: readonly ContactImport[]): void {
  if (imports.length === 0) {
    say('No imports.');
    return;
  }
  const short = shortIds(imports.map(({ id }) => id));
  print(
    table<ContactImport>(imports, [
      { title: 'ID', value: ({ id }) => short(id) },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'SENT', value: ({ createdAt }) => ago(createdAt) },
      { title: 'FILE', value: ({ fileName }) => fileName ?? '', flexible: true },
      { title: 'ROWS', value: ({ rows }) => String(rows) },
      { title: 'CREATED', value: ({ created }) => String(created) },
      { title: 'UPDATED', value: ({ updated }) => String(updated) },
      { title: 'FAILED', value: ({ failed }) => String(failed) },
    ]),
  );
}

/** The import with its columns and what is wrong with its rows so far. */
export async function showImport(tims: Tims, one: ContactImport, json: boolean): Promise<void> {
  const failures = (await tims.contactImports.rows({ id: one.id, state: 'failed', limit: 100 })).data;
  if (json) return printJson({ ...one, failures });
  print(
    facts([
      ['id', one.id],
      ['state', one.state],
      ['file', one.fileName ?? ''],
      ['rows', String(one.rows)],
      ['created', String(one.created)],
      ['updated', String(one.updated)],
      ['unchanged', String(one.unchanged)],
      ['failed', String(one.failed)],
      ['channel', one.channelId ?? ''],
    ]),
  );
  print(
    table(one.columns, [
      { title: 'COLUMN', value: ({ column }) => column },
      { title: 'FIELD', value: ({ field }) => field ?? '?' },
    ]),
  );
  printFailures(failures);
  const { failed } = one;
  if (failed > failures.length) say(`${failed - failures.length} more are at fault: --json and the API have them all.`);
  const unclear = one.columns.find(({ field }) => field === null);
  if (one.state === 'staged' && unclear) {
    say(`Say what “${unclear.column}” holds with --column or --ignore: tims imports start ${one.id.slice(-6)} …`);
  } else if (one.state === 'staged') say(`Start it: tims imports start ${one.id.slice(-6)}`);
}

export function printReport(one: ContactImport, failures: readonly ImportRow[]): void {
  const { rows, created, updated, unchanged, failed } = one;
  printFailures(failures);
  print(`${one.id}  ${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`);
}

function printFailures(failures: readonly ImportRow[]): void {
  if (failures.length === 0) return;
  print(
    table(failures, [
      { title: 'ROW', value: ({ row }) => String(row) },
      { title: 'FAULT', value: ({ fault }) => fault ?? '' },
      { title: 'CELLS', value: ({ cells }) => cells.join(' | '), flexible: true },
    ]),
  );
}
