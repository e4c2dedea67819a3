import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { findUserActor } from '../users/index.js';
import { readAccessToken } from './tokens.js';

/**
 * The user behind an access token; undefined when the token is no longer good, the user was deactivated, or role or
 * password changed since.
 */
export async function authenticate(installation: Installation, token: string): Promise<UserActor | undefined> {
  const claims = await readAccessToken(installation, token);
  if (!claims) return undefined;
  const ctx = reading(installation, claims.organization, { type: 'system', id: 'sessions' });
  const user = await findUserActor(ctx, claims.userId);
  if (user?.status !== 'active' || user.authVersion !== claims.authVersion) return undefined;
  return user.actor;
}
