import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { idPrefixes } from '../../kernel/ids.js';
import { actorOfKey, authenticateKey, isKey } from '../keys/index.js';
import { lacksSecondFactor } from '../second-factors/index.js';
import { findUserActor } from '../users/index.js';
import { readAccessToken } from './tokens.js';

const system = { type: 'system', id: 'sessions' } as const;

/**
 * The user behind an access token or an API key; undefined when it is no longer good: the session ended, the user was
 * deactivated, or role or password changed since.
 */
export async function authenticate(installation: Installation, token: string): Promise<UserActor | undefined> {
  if (isKey(token)) return authenticateKey(installation, token);
  const claims = await readAccessToken(installation, token);
  if (!claims) return undefined;
  const ctx = reading(installation, claims.organization, system);
  const user = await findUserActor(ctx, claims.userId, claims.sessionId);
  if (user?.status !== 'active' || user.authVersion !== claims.authVersion) return undefined;
  return user.actor;
}

/**
 * Who holds this session or key now: asked again for what stays open longer than a request. Undefined when it has ended,
 * or when its holder may not work any more as things stand.
 */
export async function holderOf(
  installation: Installation,
  { organization, id, via }: Pick<UserActor, 'organization' | 'id' | 'via'>,
): Promise<UserActor | undefined> {
  if (via === null) return undefined;
  const ctx = reading(installation, organization, system);
  const actor = speaksForKey(via)
    ? await actorOfKey(installation, organization, via)
    : await actorOfSession(installation, organization, id, via);
  return actor && !(await lacksSecondFactor(ctx, actor)) ? actor : undefined;
}

async function actorOfSession(
  installation: Installation,
  organization: string,
  userId: string,
  session: string,
): Promise<UserActor | undefined> {
  const user = await findUserActor(reading(installation, organization, system), userId, session);
  return user?.status === 'active' ? user.actor : undefined;
}

/** Whether a program speaks, with an API key, and not a person who signed in. */
export function byKey({ via }: Pick<UserActor, 'via'>): boolean {
  return via !== null && speaksForKey(via);
}

function speaksForKey(via: string): boolean {
  return via.startsWith(`${idPrefixes.apiKey}_`);
}
