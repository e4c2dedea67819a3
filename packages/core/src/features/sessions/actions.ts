import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { findAccount, findUser, findUserActor, passwordMatches } from '../users/index.js';
import { endFamily, findRefreshToken, insertRefreshToken, memberships, spend } from './repository.js';
import type { Login, Session } from './schema.js';
import { hashToken, newOpaqueToken, signAccessToken } from './tokens.js';

const refreshTokenMs = 30 * 24 * 3_600_000;
const actor = { type: 'system', id: 'sessions' } as const;

/** Wrong e-mail, wrong password and a deactivated user are refused alike, in the same time. */
export async function login(installation: Installation, input: Login): Promise<Session> {
  const account = await findAccount(reading(installation, '', actor), input.email);
  const matches = await passwordMatches(installation, input.password, account?.password_hash);
  if (!account || !matches) fail('login_failed');
  const places = await memberships(installation.storage.reader, account.id);
  const chosen = input.organizationId
    ? places.filter((place) => place.organizationId === input.organizationId)
    : places;
  const [place, another] = chosen;
  if (!place) fail('login_failed');
  if (another) fail('organization_required', undefined, { organizations: places.map((p) => p.organizationId) });
  return issue(installation, place.organizationId, place.userId, newId('session'));
}

/** Rotates the token. One that was used before ends its whole family: somebody else has a copy. */
export async function refresh(installation: Installation, refreshToken: string): Promise<Session> {
  const token = await findRefreshToken(installation.storage.writer, hashToken(refreshToken));
  if (!token || token.expiresAt <= installation.clock.now()) fail('refresh_failed');
  const first = await transaction(installation, token.organizationId, actor, (ctx) =>
    spend(ctx, hashToken(refreshToken)),
  );
  if (!first) {
    await transaction(installation, token.organizationId, actor, (ctx) => endFamily(ctx, token.familyId));
    fail('refresh_failed', 'The token was used before; the session has ended');
  }
  return issue(installation, token.organizationId, token.userId, token.familyId);
}

/** Ends the session that the token belongs to. An unknown token is no error: it is as dead as asked for. */
export async function logout(installation: Installation, refreshToken: string): Promise<void> {
  const token = await findRefreshToken(installation.storage.writer, hashToken(refreshToken));
  if (token) await transaction(installation, token.organizationId, actor, (ctx) => endFamily(ctx, token.familyId));
}

async function issue(
  installation: Installation,
  organization: string,
  userId: string,
  familyId: string,
): Promise<Session> {
  const refreshToken = newOpaqueToken();
  return transaction(installation, organization, actor, async (ctx) => {
    const found = await findUserActor(ctx, userId);
    const user = await findUser(ctx, userId);
    if (found?.status !== 'active' || !user) fail('login_failed');
    await insertRefreshToken(ctx, {
      hash: hashToken(refreshToken),
      familyId,
      userId,
      expiresAt: installation.clock.now() + refreshTokenMs,
    });
    const claims = { organization, userId, authVersion: found.authVersion };
    return { accessToken: await signAccessToken(installation, claims), refreshToken, user };
  });
}
