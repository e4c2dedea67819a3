import { jwtVerify, SignJWT } from 'jose';
import type { Installation } from '../../installation.js';

/** What an access token says. It is checked against the user's row, so a change of role or status ends it. */
export interface AccessClaims {
  organization: string;
  userId: string;
  /** Ends with its session. */
  sessionId: string;
  authVersion: number;
}

export const accessTokenSeconds = 900;
const algorithm = 'HS256';
const issuer = 'tims';

export async function signAccessToken(installation: Installation, claims: AccessClaims): Promise<string> {
  const now = Math.floor(installation.clock.now() / 1000);
  return new SignJWT({ org: claims.organization, ver: claims.authVersion, sid: claims.sessionId })
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(issuer)
    .setSubject(claims.userId)
    .setIssuedAt(now)
    .setExpirationTime(now + accessTokenSeconds)
    .sign(installation.secrets.key('tokens'));
}

/** The claims of a token that this installation signed and that still holds; undefined otherwise. */
export async function readAccessToken(installation: Installation, token: string): Promise<AccessClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, installation.secrets.key('tokens'), {
      algorithms: [algorithm],
      issuer,
      currentDate: new Date(installation.clock.now()),
    });
    const { sub, org, ver, sid } = payload;
    if (!sub || typeof org !== 'string' || typeof ver !== 'number' || typeof sid !== 'string') return undefined;
    return { userId: sub, organization: org, authVersion: ver, sessionId: sid };
  } catch {
    return undefined; // Any fault of a token means the same to its bearer.
  }
}

export { hashToken, newOpaqueToken } from '../../kernel/opaque-token.js';
