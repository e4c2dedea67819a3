import { csrfTokenFits, refreshTokenMs, TimsError } from '@tims/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originAllowed } from './origins.js';

/** No script can read them, and no other site's page makes a browser send them. */
const access = { name: 'tims_access', path: '/api' } as const;
const refresh = { name: 'tims_refresh', path: '/api/auth' } as const;

export function keepInCookies(reply: FastifyReply, session: { accessToken: string; refreshToken: string }): void {
  // Both last as long as the session: an access token that ran out says 401, which asks for a refresh.
  const maxAge = refreshTokenMs / 1000;
  reply.setCookie(access.name, session.accessToken, { ...flagsOf(reply.request), path: access.path, maxAge });
  reply.setCookie(refresh.name, session.refreshToken, { ...flagsOf(reply.request), path: refresh.path, maxAge });
}

export function clearCookies(reply: FastifyReply): void {
  for (const { name, path } of [access, refresh]) reply.clearCookie(name, { ...flagsOf(reply.request), path });
}

export function accessCookie({ cookies }: FastifyRequest): string | undefined {
  return cookies[access.name];
}

export function refreshCookie({ cookies }: FastifyRequest): string | undefined {
  return cookies[refresh.name];
}

/**
 * Why a request that came with nothing but cookies may not change anything: they come along whoever made the browser
 * send it. Undefined where the page showed that it is one of ours.
 */
export function crossSiteRefusal(request: FastifyRequest, sessionId: string): TimsError | undefined {
  if (!originAllowed(request)) return originRefusal(request);
  const token = request.headers['x-csrf-token'];
  if (typeof token === 'string' && csrfTokenFits(request.server.installation, sessionId, token)) return undefined;
  return new TimsError('csrf_failed');
}

export function originRefusal({ headers }: FastifyRequest): TimsError {
  return new TimsError('origin_refused', headers.origin === undefined ? 'No origin' : `The origin ${headers.origin}`);
}

function flagsOf(request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'strict', secure: !onLoopback(request) } as const;
}

/** Browsers take a `Secure` cookie over plain HTTP from nowhere, but for this machine some do and some do not. */
function onLoopback({ protocol, hostname }: FastifyRequest): boolean {
  return protocol === 'http' && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname);
}
