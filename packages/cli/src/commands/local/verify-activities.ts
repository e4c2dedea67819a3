import type { Installation } from '@tims/core';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { type Verification, verifyAll } from '../../verify.js';
import type { Core, Server } from './checks/finding.js';
import { databaseIsMissing } from './database-file.js';
import { withServer } from './server.js';

export type LocalVerification = Verification & { organizationId: string };

interface Choice {
  /** One organization; all unless told. */
  organization: string | undefined;
  /** `<sequence>:<mac>`, of the one organization. */
  expect: string | undefined;
}

/**
 * Verifies the log of every organization, or of one, in the database of this machine's settings: it asks no server,
 * which might not be the one that it says it is. Nothing is changed, so a database of another version is refused.
 */
export function verifyLocally(choice: Choice): Promise<LocalVerification[]> {
  return withServer(async (server, core) => {
    const settings = await server.loadSettings();
    if (databaseIsMissing(settings)) throw new CommandError(exitCodes.failed, 'There is no database.');
    const storage = await server.openStorage(settings);
    try {
      const pending = await core.pendingMigrations(storage, [{ namespace: 'core', migrations: core.migrations }]);
      if (pending.length > 0)
        throw new CommandError(exitCodes.failed, 'The database is not at this version.', 'Run `tims migrate` first.');
      const installation = await core.openInstallation({
        storage,
        secretKey: server.secretKeyOf(settings),
        channelPlugins: settings.registry.channels,
        pluginSettings: settings.pluginSettings,
      });
      return await verifyIn(server, core, installation, choice);
    } finally {
      await storage.close();
    }
  });
}

async function verifyIn(
  server: Server,
  core: Core,
  installation: Installation,
  { organization, expect }: Choice,
): Promise<LocalVerification[]> {
  if ((await server.channelsThatDoNotOpen(installation)).length > 0)
    throw new CommandError(
      exitCodes.failed,
      'The secret key is not the one of this database, so no row would hold.',
      'Give the old TIMS_SECRET_KEY, or put the old secret.key back into the data folder.',
    );
  const ids = await core.listOrganizationIds(installation.storage.reader);
  if (organization !== undefined && !ids.includes(organization))
    throw new CommandError(exitCodes.notFound, `There is no organization "${organization}".`);
  const chosen = organization === undefined ? ids : [organization];
  if (expect !== undefined && chosen.length > 1)
    throw new CommandError(exitCodes.usage, 'Name the organization that the head is of: --organization.');
  const mark = expect === undefined ? undefined : core.readMark(expect);
  const found: LocalVerification[] = [];
  for (const organizationId of chosen) {
    const ctx = core.reading(installation, organizationId, { type: 'system', id: 'audit' });
    const all = await verifyAll((cursor) => core.verifyActivities(ctx, { cursor, expect: mark }));
    found.push({ organizationId, ...all });
  }
  return found;
}
