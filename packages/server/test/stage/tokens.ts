import { createHmac } from 'node:crypto';
import { findUserActor, type Installation, reading, type UserActor } from '@tims/core';

/** What a forged token differs in from a good one. */
export interface TokenChanges {
  /** Signs with it as well, where it is an HMAC. */
  alg?: string;
  claims?: object;
  /** Signs with this key instead of the installation's. */
  key?: Uint8Array;
}

/** An access token as the installation signs it, without the 0.3 seconds that logging in takes. */
export async function tokenFor(
  installation: Installation,
  actor: Pick<UserActor, 'id' | 'organization'>,
  { alg = 'HS256', claims = {}, key }: TokenChanges = {},
): Promise<string> {
  const ctx = reading(installation, actor.organization, { type: 'system', id: 'test' });
  const user = await findUserActor(ctx, actor.id);
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    org: actor.organization,
    ver: user?.authVersion,
    iss: 'tims',
    sub: actor.id,
    iat: now,
    exp: now + 900,
  };
  const signed = `${encode({ alg })}.${encode({ ...payload, ...claims })}`;
  const signature = createHmac(alg === 'HS512' ? 'sha512' : 'sha256', key ?? installation.secrets.key('tokens'))
    .update(signed)
    .digest('base64url');
  return `${signed}.${signature}`;
}

/** One part of a token: JSON in base64url. */
export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
