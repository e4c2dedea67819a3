import { existsSync, readFileSync } from 'node:fs';
import { type Installation, listOrganizationIds, login } from '@tims/core';
import { StartError } from '../start-error.js';
import { type KeptDemo, passwordFile } from './kept.js';
import { adminEmail } from './people.js';

/**
 * The demo replaces the installation's WhatsApp settings with its simulator's, so it never runs on real organizations.
 *
 * @throws StartError when the database holds an organization that the demo did not make.
 */
export async function demandOwnDatabase(installation: Installation, dataDir: string, kept: KeptDemo): Promise<void> {
  const organizations = await listOrganizationIds(installation.storage.reader);
  const foreign = organizations.filter((id) => id !== kept.organizationId);
  if (foreign.length === 0) return;
  if (kept.organizationId === undefined && foreign.length === 1 && (await madeByKilledStart(installation, dataDir)))
    return;
  throw new StartError(
    'The database holds an organization that was made by `tims init`, and the demo would send its WhatsApp messages to ' +
      'a simulator. Start without --demo, or give the demo a place of its own: TIMS_DATA_DIR=./demo-data ' +
      '(and another TIMS_DATABASE_URL, if you set one).',
  );
}

/** A start that was killed after it had made the organization and before it wrote its id down. */
async function madeByKilledStart(installation: Installation, dataDir: string): Promise<boolean> {
  if (!existsSync(passwordFile(dataDir))) return false;
  const password = readFileSync(passwordFile(dataDir), 'utf8').trim();
  return login(installation, { email: adminEmail, password }).then(
    () => true,
    () => false,
  );
}
