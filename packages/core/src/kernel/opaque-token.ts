import { createHash, randomBytes } from 'node:crypto';

/** A random bearer secret of 43 characters; only its hash is kept. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** 256 random bits need no salt and no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
