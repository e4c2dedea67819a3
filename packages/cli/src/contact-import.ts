import { constants, openAsBlob } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactImport, ImportRow, Tims } from '@tims/sdk';
import { CommandError, exitCodes } from './exit-codes.js';
import { printJson, say } from './output/print.js';
import { oneLine } from './output/text.js';

/** Sends the file as it is; what is wrong with it, the server says. */
export async function sendFile(tims: Tims, path: string): Promise<ContactImport> {
  // The file itself is opened when it is sent: by then nobody says which one it was.
  await access(path, constants.R_OK).catch((error: Error) => {
    throw new CommandError(exitCodes.usage, `${oneLine(path)} cannot be read: ${error.message}`);
  });
  const csv = await openAsBlob(path);
  const fileName = basename(path).slice(0, 200);
  return tims.contactImports.create({ csv, fileName }, { timeoutMs: 120_000 });
}

/** Starts an import, or what is left of it. */
export async function startedImport(
  tims: Tims,
  id: string,
  options: { column?: string[]; ignore?: string[]; channel?: string; refuseExisting?: boolean },
): Promise<ContactImport> {
  const { column = [], ignore = [], channel, refuseExisting } = options;
  const said = column.map((pair) => {
    // A heading may have a `=` of its own; a field has none.
    const at = pair.lastIndexOf('=');
    return { column: pair.slice(0, at), field: pair.slice(at + 1) };
  });
  const left = ignore.map((name) => ({ column: name, field: 'ignore' }));
  const { findChannel } = await import('./names.js');
  try {
    return await tims.contactImports.start({
      id,
      ...(said.length + left.length > 0 ? { columns: [...said, ...left] } : {}),
      ...(channel === undefined ? {} : { channelId: await findChannel(tims, channel) }),
      ...(refuseExisting ? { existing: 'refuse' as const } : {}),
    });
  } catch (error) {
    say(`The file was sent and waits: tims imports start ${id}`);
    throw error;
  }
}

/** Shows how far it is until it ends, then the rows that are at fault; fails where there are some. */
export async function endOf(tims: Tims, id: string, json: boolean): Promise<void> {
  const show = process.stderr.isTTY === true && !json;
  let now = await tims.contactImports.get({ id });
  for (; now.state === 'running'; now = await tims.contactImports.get({ id })) {
    if (show) process.stderr.write(`\r\u001b[K${progressOf(now)}`);
    await sleep(300);
  }
  if (show) process.stderr.write('\r\u001b[K');
  const failures: ImportRow[] = [];
  if (now.failed > 0)
    for await (const row of tims.contactImports.rows({ id, state: 'failed', limit: 100 })) failures.push(row);
  if (json) printJson({ ...now, failures });
  else (await import('./output/contact-import.js')).printReport(now, failures);
  if (now.state === 'cancelled') throw new CommandError(exitCodes.failed, 'It was cancelled.');
  if (now.failed > 0) {
    throw new CommandError(
      exitCodes.failed,
      `${now.failed} of ${now.rows} rows were not imported.`,
      'Mend them in the file and import it again: rows that were imported change nothing the second time.',
    );
  }
}

function progressOf({ rows, created, updated, unchanged, failed }: ContactImport): string {
  const done = created + updated + unchanged + failed;
  return `${done} of ${rows} rows, ${failed} at fault; it goes on without this terminal`;
}
