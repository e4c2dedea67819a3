import { CommandError, exitCodes } from '../../exit-codes.js';
import { type Verification, verifyAll } from '../../verify.js';
import { databaseIsMissing } from './database-file.js';
import { openLocal } from './installation.js';
import { withServer } from './server.js';

export type LocalVerification = Verification & { organizationId: string };

/**
 * Verifies the log of every organization, or of one, in the database of this machine's settings: it asks no server,
 * which might not be the one that it says it is.
 *
 * @param expect `<sequence>:<mac>`, of the one organization
 */
export function verifyLocally(
  organization: string | undefined,
  expect: string | undefined,
): Promise<LocalVerification[]> {
  return withServer(async (server, core) => {
    if (databaseIsMissing(await server.loadSettings()))
      throw new CommandError(exitCodes.failed, 'There is no database.');
    const { installation } = await openLocal(server, core);
    try {
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
    } finally {
      await installation.close();
    }
  });
}
