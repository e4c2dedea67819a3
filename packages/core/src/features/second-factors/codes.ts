import { createHmac, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Installation } from '../../installation.js';

/** RFC 6238 as every authenticator app knows it. */
const periodSeconds = 30;
/** Clocks differ, and people type: the code before and the one after are taken too. */
const window = 1;

/** A secret for an authenticator app, in base 32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an app reads from the picture. */
export function uriOf(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The time step that the code belongs to; undefined for one that is not of this secret, or not of now. */
export function stepOf(installation: Installation, secret: string, code: string): number | undefined {
  const now = installation.clock.now();
  const distance = totp(secret).validate({ token: code, timestamp: now, window });
  return distance === null ? undefined : Math.floor(now / 1000 / periodSeconds) + distance;
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'TIMS',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
  });
}

/** Without letters and digits that are taken for others. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const half = 5;

/** Ten codes for the day on which the telephone is gone. */
export function newRecoveryCodes(): string[] {
  const part = () => Array.from({ length: half }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 10 }, () => `${part()}-${part()}`);
}

/** A code as it is compared: people add spaces and capitals. */
export function plain(code: string): string {
  return code.replace(/[\s-]/g, '').toLowerCase();
}

/** What is kept of a recovery code. It is random, so a keyed hash keeps it as well as a slow one would. */
export function hashRecoveryCode(installation: Installation, accountId: string, code: string): string {
  const key = installation.secrets.key('recovery');
  return createHmac('sha256', key)
    .update(`${accountId}:${plain(code)}`)
    .digest('hex');
}
