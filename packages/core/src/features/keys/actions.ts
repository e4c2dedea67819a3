import { createHash, randomBytes } from 'node:crypto';
import { action } from '../../database/action.js';
import type { Installation } from '../../installation.js';
import type { Scope, UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand, scopeOf } from '../roles/index.js';
import { deleteKey, findKey, insertKey } from './repository.js';
import type { ApiKey, MadeApiKey, NewApiKey } from './schema.js';

/** What a key begins with: whoever finds one in a log or a repository knows what it is. */
export const keyPrefix = 'tims_';
const longestMs = 366 * 24 * 3_600_000;

/** A key that acts as its maker, with what it was given of the maker's permissions. It is shown this once. */
export async function createKey(installation: Installation, actor: UserActor, input: NewApiKey): Promise<MadeApiKey> {
  const key = keyPrefix + randomBytes(32).toString('base64url');
  const made = await keepKey(installation, actor, { ...input, hash: hashKey(key), hint: key.slice(-4) });
  return { ...made, key };
}

const keepKey = action(
  'keys.create',
  async (ctx, { name, permissions, expiresAt, hash, hint }: NewApiKey & { hash: string; hint: string }) => {
    const { actor, installation } = ctx;
    demand(actor, 'keys:write');
    const grants: Record<string, Scope> = {};
    for (const permission of permissions) {
      grants[permission] = scopeOf(actor, permission) ?? fail('forbidden', `You do not hold ${permission} yourself`);
    }
    const until = Date.parse(expiresAt);
    const now = installation.clock.now();
    if (!(until > now && until <= now + longestMs))
      fail('expiry_refused', 'The key must run out within a year from now');
    const id = newId('apiKey');
    await insertKey(ctx, { id, userId: actor.id, name, hash, hint, grants, expiresAt: until });
    ctx.append({ type: 'key.updated', entityId: id, entityVersion: 1, changes: { permissions } });
    return (await findKey(ctx, id)) ?? fail('internal_error');
  },
);

/** The key opens nothing any more, and its sockets close. */
export const revokeKey = action('keys.revoke', async (ctx, { id }: { id: string }) => {
  demand(ctx.actor, 'keys:write');
  const key: ApiKey = (await findKey(ctx, id)) ?? fail('not_found');
  await deleteKey(ctx, id);
  ctx.append({
    type: 'key.updated',
    entityId: id,
    entityVersion: 2,
    changes: { revoked: [false, true], of: key.userId },
  });
});

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
