import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { Grants, Scope, UserActor } from '../../kernel/actor.js';
import { narrower } from '../roles/index.js';
import { findUserActor } from '../users/index.js';
import { hashKey, keyPrefix } from './actions.js';
import { findKeyByHash, findKeyRecord, type KeyRecord, markUsed } from './repository.js';
import { isForKeys } from './schema.js';

/** How exactly it is known when a key was last used: a write for each request would be one too many. */
const usedMs = 60_000;
const system = { type: 'system', id: 'keys' } as const;

/** Whether a bearer's token is meant as an API key. */
export function isKey(token: string): boolean {
  return token.startsWith(keyPrefix);
}

/** The maker of the key, with what the key may of what they may; undefined for one that does not hold. */
export async function authenticateKey(installation: Installation, token: string): Promise<UserActor | undefined> {
  const key = await findKeyByHash(installation.storage.reader, hashKey(token));
  const actor = key && (await actorOf(installation, key));
  if (key && actor) await noteUse(installation, key);
  return actor;
}

/** The same for a key that was shown before: whom a socket belongs to. */
export async function actorOfKey(
  installation: Installation,
  organization: string,
  id: string,
): Promise<UserActor | undefined> {
  const key = await findKeyRecord(reading(installation, organization, system), id);
  return key && actorOf(installation, key);
}

async function actorOf(installation: Installation, key: KeyRecord): Promise<UserActor | undefined> {
  if (key.expiresAt <= installation.clock.now()) return undefined;
  const maker = await findUserActor(reading(installation, key.organizationId, system), key.userId);
  if (maker?.status !== 'active') return undefined;
  return { ...maker.actor, grants: intersection(key.grants, maker.actor.grants), via: key.id };
}

/** What both allow, in the narrower scope: a key gains nothing when its maker does, and loses when they lose. */
function intersection(given: Grants, held: Grants): Grants {
  const both: Record<string, Scope> = {};
  for (const [permission, scope] of Object.entries(given)) {
    const own = held[permission];
    if (scope && own && isForKeys(permission)) both[permission] = narrower(scope, own);
  }
  return both;
}

async function noteUse(installation: Installation, { id, organizationId, lastUsedAt }: KeyRecord): Promise<void> {
  const now = installation.clock.now();
  if (now - lastUsedAt < usedMs) return;
  await transaction(installation, organizationId, system, (ctx) => markUsed(ctx, id, now - usedMs, now)).catch(
    (error: unknown) => installation.log.warn({ error: String(error) }, 'the use of a key was not noted'),
  );
}
