import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { hashToken } from '../../kernel/opaque-token.js';
import { timestamp } from '../../kernel/schema.js';
import { findAccount } from '../users/index.js';
import { findByToken } from './repository.js';
import type { InvitationPreview, InvitationToken } from './schema.js';
import { demandStillGood, system } from './standing.js';

/** What a link is about, for whoever has it; it is not used up by looking. */
export async function previewInvitation(
  installation: Installation,
  { token }: InvitationToken,
): Promise<InvitationPreview> {
  const found = await findByToken(reading(installation, '', system), hashToken(token));
  if (!found) fail('link_invalid');
  const ctx = reading(installation, found.organization_id, system);
  await demandStillGood(ctx, found);
  return {
    email: found.email,
    name: found.name,
    organizationName: found.organization_name,
    hasAccount: (await findAccount(ctx, found.email)) !== undefined,
    expiresAt: timestamp(found.expires_at),
  };
}
