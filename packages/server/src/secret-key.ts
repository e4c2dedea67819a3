import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, listChannels, listOrganizationIds, reading } from '@tims/core';
import { StartError } from './start-error.js';

/**
 * The installation's secret key: as told, else the one in `<data folder>/secret.key`, which is made when it is missing.
 *
 * @throws StartError when the file cannot be read or written, or holds less than 32 characters.
 */
export function secretKeyOf({ secretKey, dataDir }: { secretKey?: string; dataDir: string }): string {
  if (secretKey !== undefined) return secretKey;
  const file = join(dataDir, 'secret.key');
  const key = readOrMake(file, () => randomBytes(32).toString('base64url'));
  if (key.length >= 32) return key;
  throw new StartError(
    `${file} holds ${key.length} characters; a secret key has at least 32. Restore it from a backup.`,
  );
}

/**
 * A small secret kept in a file that only its owner reads. Of two processes that make it at once, both get the same.
 *
 * @throws StartError
 */
export function readOrMake(file: string, make: () => string): string {
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    try {
      writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`${file} cannot be written or read: ${why}. Check TIMS_DATA_DIR and who owns that folder.`);
  }
}

/**
 * Finds out before anything is served whether the channels' secrets were sealed with this key.
 *
 * @throws StartError naming the channels.
 */
export async function demandSecretKey(installation: Installation): Promise<void> {
  const closed = await channelsThatDoNotOpen(installation);
  if (closed.length === 0) return;
  throw new StartError(
    `The secret key is not the one that sealed the secrets of ${closed.map(({ name, id }) => `"${name}" (${id})`).join(', ')}. ` +
      'Give the old TIMS_SECRET_KEY, or put the old secret.key back into the data folder; a backup has it.',
  );
}

/** The channels whose secrets were sealed with another key. */
export async function channelsThatDoNotOpen(installation: Installation): Promise<{ id: string; name: string }[]> {
  const { storage, channelPlugins, channels } = installation;
  const closed: { id: string; name: string }[] = [];
  for (const organization of await listOrganizationIds(storage.reader)) {
    const stored = await listChannels(reading(installation, organization, { type: 'system', id: 'start' }));
    for (const { id, name, kind } of stored) {
      // Without its plugin a channel does not open either, and that is no fault of the key.
      if (channelPlugins.has(kind) && !(await channels.byId(id))) closed.push({ id, name });
    }
  }
  return closed;
}
