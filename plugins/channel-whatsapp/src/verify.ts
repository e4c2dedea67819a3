import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ChannelConfig, InstallationSettings, SignedRequest } from '@tims/core/plugin';
import { textSetting } from './config.js';

const signatureHeader = /^sha256=([0-9a-f]{64})$/i;

/**
 * Whether Meta signed these bytes with this app secret: `X-Hub-Signature-256`, HMAC-SHA256 over the raw body. Meta
 * escapes non-ASCII characters, so a body that was parsed and written again no longer matches. The older SHA-1 header
 * is not looked at.
 */
export function verify(request: SignedRequest, secret: string): boolean {
  const given = signatureHeader.exec(request.headers['x-hub-signature-256'] ?? '')?.[1];
  if (given === undefined || secret === '') return false;
  const wanted = createHmac('sha256', secret).update(request.body).digest();
  return timingSafeEqual(wanted, Buffer.from(given, 'hex'));
}

/** Meta's GET when a webhook address is saved: the bare challenge with 200, or 403 for a wrong token. */
export function handshake(
  query: Record<string, string | undefined>,
  settings: ChannelConfig | InstallationSettings,
): { status: number; body: string } {
  const wanted = textSetting(settings, 'verifyToken');
  const given = query['hub.verify_token'];
  const challenge = query['hub.challenge'];
  const refused = { status: 403, body: 'Forbidden' };
  if (query['hub.mode'] !== 'subscribe' || typeof given !== 'string' || typeof challenge !== 'string') return refused;
  if (wanted === undefined || !sameText(given, wanted)) return refused;
  return { status: 200, body: challenge };
}

/** Compares digests, so that neither content nor length shows in the time taken. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
