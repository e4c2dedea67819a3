import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Installation } from '../../installation.js';

/**
 * What a page must send along with cookies to change something: another site can make a browser send the cookies, and
 * cannot read this. It belongs to one session, and nothing is kept of it.
 */
export function csrfTokenOf(installation: Installation, sessionId: string): string {
  return createHmac('sha256', installation.secrets.key('csrf')).update(sessionId).digest('base64url');
}

export function csrfTokenFits(installation: Installation, sessionId: string, token: string): boolean {
  const expected = Buffer.from(csrfTokenOf(installation, sessionId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
