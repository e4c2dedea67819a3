import type { Context } from '../../database/context.js';
import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { guarded, type Outcome } from '../lockout/index.js';
import { checkCode, type FactorCheck } from '../second-factors/index.js';
import { findAccount, findUser, findUserActor, passwordMatches } from '../users/index.js';
import { endSession } from './actions.js';
import {
  findRefreshToken,
  insertRefreshToken,
  insertSession,
  type Membership,
  memberships,
  type RefreshTokenRecord,
  renewSession,
  spend,
} from './repository.js';
import type { Login, OwnSession, Session } from './schema.js';
import { hashToken, newOpaqueToken, signAccessToken } from './tokens.js';

export const refreshTokenMs = 30 * 24 * 3_600_000;
const longestUserAgent = 300;
const system = { type: 'system', id: 'sessions' } as const;

/** Where a request comes from, as far as a session remembers it. */
export interface Caller {
  ip: string | null;
  userAgent?: string | undefined;
}

/** A session's tokens, and its id, which is not secret. */
export interface IssuedSession extends Session {
  sessionId: string;
}

const fromNowhere: Caller = { ip: null };

/**
 * Wrong e-mail, wrong password, wrong code and a deactivated user are refused alike, in the same time: one comparison of
 * a password, one of a code where one is given, whether or not there is an account.
 *
 * @throws TimsError `login_failed`, `login_locked`, `second_factor_required`, `organization_required`.
 */
export async function login(
  installation: Installation,
  input: Login,
  caller: Caller = fromNowhere,
): Promise<IssuedSession> {
  const attempt = { email: input.email, ip: caller.ip };
  const result = await guarded(installation, attempt, () => tryLogin(installation, input, caller));
  if (result.kind === 'in') return result.session;
  if (result.kind === 'code') fail('second_factor_required');
  if (result.kind === 'organization') {
    fail('organization_required', undefined, { organizations: result.organizations });
  }
  // Nobody waits for it: an answer that takes as long as a commit more would tell that there is such an account.
  recordRefusal(installation, result.places, caller).catch((error: unknown) =>
    installation.log.warn({ error: String(error) }, 'a refused log-in was not recorded'),
  );
  fail('login_failed');
}

type Result =
  | { kind: 'in'; session: IssuedSession }
  | { kind: 'code' }
  | { kind: 'organization'; organizations: string[] }
  | { kind: 'refused'; places: Membership[] };

async function tryLogin(
  installation: Installation,
  input: Login,
  caller: Caller,
): Promise<{ outcome: Outcome; value: Result }> {
  const ctx = reading(installation, '', system);
  const account = await findAccount(ctx, input.email);
  const [matches, factor, places] = await Promise.all([
    passwordMatches(installation, input.password, account?.password_hash),
    checkCode(ctx, account?.id, input.code),
    memberships(installation.storage.reader, account?.id ?? ''),
  ]);
  const refused = { outcome: 'refused', value: { kind: 'refused', places } } as const;
  const chosen = places.filter((place) => (input.organizationId ?? place.organizationId) === place.organizationId);
  const [place, another] = chosen;
  if (!account || !matches || !place) return refused;
  if (factor.enabled && input.code === undefined) return { outcome: 'undecided', value: { kind: 'code' } };
  if (another) {
    const organizations = places.map((one) => one.organizationId);
    return { outcome: 'undecided', value: { kind: 'organization', organizations } };
  }
  const session = await begin(installation, place, { factor, caller, mode: input.mode ?? 'token' });
  return session ? { outcome: 'proved', value: { kind: 'in', session } } : refused;
}

/** Begins the session, using up the code in the same transaction; undefined where that cannot be. */
async function begin(
  installation: Installation,
  { organizationId, userId }: Membership,
  { factor, caller, mode }: { factor: FactorCheck; caller: Caller; mode: OwnSession['mode'] },
): Promise<IssuedSession | undefined> {
  const sessionId = newId('session');
  const found = await findUserActor(reading(installation, organizationId, system), userId);
  if (!found) return undefined;
  const actor: UserActor = { ...found.actor, via: sessionId, ip: caller.ip };
  return transaction(installation, organizationId, actor, async (ctx) => {
    if (factor.enabled && !(await factor.spend(ctx))) return undefined;
    const expiresAt = installation.clock.now() + refreshTokenMs;
    const userAgent = caller.userAgent?.slice(0, longestUserAgent) ?? null;
    await insertSession(ctx, { id: sessionId, userId, mode, userAgent, ip: caller.ip, expiresAt });
    ctx.record({ action: 'auth.login', entityId: userId, data: { session: sessionId, mode } });
    // Deactivated this very moment: nothing of the above shall stand.
    return (await issueIn(ctx, { userId, sessionId, expiresAt })) ?? fail('login_failed');
  });
}

/** Where the account belongs, somebody may want to know that it was tried; of unknown ones nobody does. */
async function recordRefusal(installation: Installation, places: readonly Membership[], { ip }: Caller): Promise<void> {
  for (const { organizationId, userId } of places) {
    await transaction(installation, organizationId, system, async (ctx) =>
      ctx.record({ action: 'auth.login_refused', entityId: userId, data: { ip } }),
    );
  }
}

/** How a refresh token came: a session in cookies is renewed by its cookie alone. */
export interface Bearing extends Caller {
  mode: OwnSession['mode'];
}

/**
 * Rotates the token. One that was used before ends its whole family: somebody else has a copy. Spending the old token
 * and issuing the new one is one transaction, so that ending the family takes along what a parallel call has issued.
 */
export async function refresh(
  installation: Installation,
  refreshToken: string,
  bearing: Bearing = { ...fromNowhere, mode: 'token' },
): Promise<IssuedSession> {
  const token = await findToken(installation, refreshToken);
  if (!token || token.mode !== bearing.mode) fail('refresh_failed');
  const { organizationId, userId, familyId } = token;
  const expiresAt = installation.clock.now() + refreshTokenMs;
  const session = await transaction(installation, organizationId, system, async (ctx) => {
    if (!(await spend(ctx, hashToken(refreshToken)))) return undefined;
    if (!(await renewSession(ctx, familyId, { ip: bearing.ip, expiresAt }))) return undefined;
    return issueIn(ctx, { userId, sessionId: familyId, expiresAt });
  });
  if (session) return session;
  await transaction(installation, organizationId, system, (ctx) => endSession(ctx, familyId));
  fail('refresh_failed', 'The session has ended');
}

/** The session of a refresh token that still stands, in which mode it is; for whoever has to check a CSRF token first. */
export async function sessionOfRefreshToken(
  installation: Installation,
  refreshToken: string,
): Promise<{ sessionId: string; mode: OwnSession['mode'] } | undefined> {
  const token = await findToken(installation, refreshToken);
  return token?.mode && { sessionId: token.familyId, mode: token.mode };
}

/** Ends the session that the token belongs to. An unknown token is no error: it is as dead as asked for. */
export async function logout(
  installation: Installation,
  refreshToken: string,
  { ip }: Caller = fromNowhere,
): Promise<void> {
  const token = await findRefreshToken(installation.storage.writer, hashToken(refreshToken));
  if (!token) return;
  const { organizationId, userId, familyId } = token;
  const found = await findUserActor(reading(installation, organizationId, system), userId);
  const actor = found ? { ...found.actor, via: familyId, ip } : system;
  await transaction(installation, organizationId, actor, async (ctx) => {
    const ended = await endSession(ctx, familyId);
    if (ended !== undefined) ctx.record({ action: 'auth.logout', entityId: userId, data: { session: familyId } });
  });
}

async function findToken(installation: Installation, refreshToken: string): Promise<RefreshTokenRecord | undefined> {
  const token = await findRefreshToken(installation.storage.writer, hashToken(refreshToken));
  return token && token.expiresAt > installation.clock.now() ? token : undefined;
}

/** A new pair of tokens; undefined for a user who is no longer active. */
async function issueIn(
  ctx: Context,
  { userId, sessionId, expiresAt }: { userId: string; sessionId: string; expiresAt: number },
): Promise<IssuedSession | undefined> {
  const { installation, organization } = ctx;
  const found = await findUserActor(ctx, userId);
  const user = await findUser(ctx, userId);
  if (found?.status !== 'active' || !user) return undefined;
  const refreshToken = newOpaqueToken();
  await insertRefreshToken(ctx, { hash: hashToken(refreshToken), familyId: sessionId, userId, expiresAt });
  const claims = { organization, userId, sessionId, authVersion: found.authVersion };
  return { accessToken: await signAccessToken(installation, claims), refreshToken, user, sessionId };
}
