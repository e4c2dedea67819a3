import type { Installation } from '../../installation.js';
import { deleteImport, deleteSomeRows, expiredImports } from './repository-expired.js';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Removes imports that ended, or were never started, a month ago: the rows that failed still hold what was in the file.
 * And what is left of a file whose staging broke off.
 */
export async function purgeImports(installation: Installation, now: number): Promise<void> {
  for (const place of await expiredImports(installation, { brokenOff: now - hour, over: now - 31 * day })) {
    while (await deleteSomeRows(installation, place));
    await deleteImport(installation, place);
  }
}
