import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { newId } from '../../kernel/ids.js';
import { addFirstCloseReasons } from '../close-reasons/index.js';
import { addFirstTags } from '../tags/index.js';
import { addTeam } from '../teams/index.js';
import { addUser, newPasswordHash } from '../users/index.js';
import { anyOrganization, insertOrganization } from './repository.js';

export interface NewOrganization {
  name: string;
  admin: { email: string; name: string; password: string };
}

/**
 * Makes an organization with its first team `cx` and its first administrator, who is an operator of the installation
 * when it is the first organization of all.
 */
export async function createOrganization(
  installation: Installation,
  input: NewOrganization,
): Promise<{ organizationId: string; userId: string; teamId: string }> {
  const organizationId = newId('organization');
  const actor = { type: 'system', id: 'init' } as const;
  const { password, ...admin } = input.admin;
  const passwordHash = await newPasswordHash(installation, password);
  return transaction(installation, organizationId, actor, async (ctx) => {
    const first = !(await anyOrganization(ctx));
    await insertOrganization(ctx, input.name);
    await addFirstCloseReasons(ctx);
    await addFirstTags(ctx);
    const team = await addTeam(ctx, { key: 'cx', name: 'Customer Experience' });
    const user = await addUser(ctx, {
      ...admin,
      passwordHash,
      role: 'admin',
      teams: [{ id: team.id, lead: true }],
      operator: first,
    });
    return { organizationId, userId: user.id, teamId: team.id };
  });
}
