import type { Context } from '../../database/context.js';
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
  const session = await transaction(installation, place.organizationId, actor, (ctx) =>
    issueIn(ctx, place.userId, newId('session')),
  );
  return session ?? fail('login_failed');
}

/**
 * Rotates the token. One that was used before ends its whole family: somebody else has a copy. Spending the old token
 * and issuing the new one is one transaction, so that ending the family takes along what a parallel call has issued.
 */
export async function refresh(installation: Installation, refreshToken: string): Promise<Session> {
  const hash = hashToken(refreshToken);
  const token = await findRefreshToken(installation.storage.writer, hash);
  if (!token || token.expiresAt <= installation.clock.now()) fail('refresh_failed');
  const { organizationId, userId, familyId } = token;
  const session = await transaction(installation, organizationId, actor, async (ctx) =>
    (await spend(ctx, hash)) ? issueIn(ctx, userId, familyId) : undefined,
  );
  if (session) return session;
  await transaction(installation, organizationId, actor, (ctx) => endFamily(ctx, familyId));
  fail('refresh_failed', 'The session has ended');
}

/** Ends the session that the token belongs to. An unknown token is no error: it is as dead as asked for. */
export async function logout(installation: Installation, refreshToken: string): Promise<void> {
  const token = await findRefreshToken(installation.storage.writer, hashToken(refreshToken));
  if (token) await transaction(installation, token.organizationId, actor, (ctx) => endFamily(ctx, token.familyId));
}

/** A new pair of tokens; undefined for a user who is no longer active. */
async function issueIn(ctx: Context, userId: string, familyId: string): Promise<Session | undefined> {
  const { installation, organization } = ctx;
  const found = await findUserActor(ctx, userId);
  const user = await findUser(ctx, userId);
  if (found?.status !== 'active' || !user) return undefined;
  const refreshToken = newOpaqueToken();
  const expiresAt = installation.clock.now() + refreshTokenMs;
  await insertRefreshToken(ctx, { hash: hashToken(refreshToken), familyId, userId, expiresAt });
  const claims = { organization, userId, authVersion: found.authVersion };
  return { accessToken: await signAccessToken(installation, claims), refreshToken, user };
}
