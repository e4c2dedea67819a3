import {
  type Caller,
  CookieSession,
  CsrfToken,
  confirmReset,
  csrfTokenOf,
  fail,
  findUser,
  Login,
  listContactKinds,
  login,
  logout,
  Me,
  MePatch,
  organizationName,
  PasswordReset,
  PasswordResetRequest,
  RefreshToken,
  refresh,
  requestReset,
  Session,
  sessionOfRefreshToken,
  type User,
  updateMe,
} from '@tims/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { originAllowed } from '../plugins/origins.js';
import {
  clearCookies,
  crossSiteRefusal,
  keepInCookies,
  originRefusal,
  refreshCookie,
} from '../plugins/session-cookies.js';
import { readContext, route } from './route.js';

export function auth(app: FastifyInstance): void {
  const { installation, loginLimit } = app;

  route(app, {
    method: 'POST',
    url: '/auth/login',
    operation: 'auth.login',
    summary: 'Log in with e-mail and password, and a code where there is a second factor',
    access: 'public',
    body: Login,
    answer: Type.Union([Session, CookieSession]),
    errors: ['login_failed', 'login_locked', 'second_factor_required', 'organization_required', 'origin_refused'],
    limit: loginLimit,
    handler: async ({ body, request, reply }) => {
      // Nobody shall be signed in by another site's page, to somebody else's account.
      if (body.mode === 'cookie' && !originAllowed(request)) throw originRefusal(request);
      const session = await login(installation, body, callerOf(request));
      return body.mode === 'cookie' ? inCookies(app, reply, session) : asTokens(session);
    },
  });

  route(app, {
    method: 'POST',
    url: '/auth/refresh',
    operation: 'auth.refresh',
    summary: 'Trade a refresh token for a new pair, or renew the cookies of a session',
    access: 'public',
    body: RefreshToken,
    answer: Type.Union([Session, CookieSession]),
    errors: ['refresh_failed', 'origin_refused', 'csrf_failed'],
    limit: loginLimit,
    handler: async ({ body, request, reply }) => {
      const from = callerOf(request);
      if (body.refreshToken !== undefined) {
        return asTokens(await refresh(installation, body.refreshToken, { ...from, mode: 'token' }));
      }
      const token = (await ownCookie(request)) ?? fail('refresh_failed');
      return inCookies(app, reply, await refresh(installation, token, { ...from, mode: 'cookie' }));
    },
  });

  route(app, {
    method: 'POST',
    url: '/auth/logout',
    operation: 'auth.logout',
    summary: 'End the session that a refresh token or the cookies belong to',
    access: 'public',
    body: RefreshToken,
    answer: null,
    errors: ['origin_refused', 'csrf_failed'],
    handler: async ({ body, request, reply }) => {
      const token = body.refreshToken ?? (await ownCookie(request));
      if (token !== undefined) await logout(installation, token, callerOf(request));
      if (body.refreshToken === undefined) clearCookies(reply);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/auth/password-reset',
    operation: 'auth.requestReset',
    summary: 'Have a link for a new password mailed, where there is such an account',
    access: 'public',
    body: PasswordResetRequest,
    answer: null,
    status: 202,
    limit: loginLimit,
    handler: async ({ body }) => {
      await requestReset(installation, body);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/auth/password-reset/confirm',
    operation: 'auth.confirmReset',
    summary: 'Set a new password with the link from the mail, which ends all sessions of the account',
    access: 'public',
    body: PasswordReset,
    answer: null,
    errors: ['link_invalid', 'password_refused'],
    limit: loginLimit,
    handler: async ({ body }) => {
      await confirmReset(installation, body);
      return undefined;
    },
  });

  route(app, {
    method: 'GET',
    url: '/auth/csrf',
    operation: 'auth.csrf',
    summary: 'The CSRF token of the session in the cookies, for a page that was loaded anew',
    access: 'public',
    answer: CsrfToken,
    errors: ['refresh_failed'],
    handler: async ({ request }) => {
      const token = refreshCookie(request);
      const session = token === undefined ? undefined : await sessionOfRefreshToken(installation, token);
      if (session?.mode !== 'cookie') fail('refresh_failed', 'There is no session in the cookies');
      return { csrfToken: csrfTokenOf(installation, session.sessionId) };
    },
  });

  route(app, {
    method: 'GET',
    url: '/me',
    operation: 'me.get',
    summary: 'The user who is signed in, and what they may do',
    access: 'signed_in',
    beforeSecondFactor: true,
    answer: Me,
    handler: async ({ request }) => {
      const actor = actorOf(request);
      const user = (await findUser(readContext(request), actor.id)) ?? fail('unauthorized');
      return asMe(request, user);
    },
  });

  route(app, {
    method: 'PATCH',
    url: '/me',
    operation: 'me.update',
    summary: "Change one's own name, time zone or password",
    access: 'signed_in',
    personal: true,
    body: MePatch,
    answer: Me,
    errors: ['current_password_wrong', 'login_locked', 'password_refused'],
    // A password is asked for here, too.
    limit: loginLimit,
    handler: async ({ request, body, idempotencyKey }) => {
      const actor = actorOf(request);
      const user = await updateMe(installation, actor, body, idempotencyKey);
      return asMe(request, user);
    },
  });
}

async function asMe(request: FastifyRequest, user: User): Promise<Me> {
  const { grants, organization: id } = actorOf(request);
  const ctx = readContext(request);
  const [name, contactKinds] = await Promise.all([organizationName(ctx), listContactKinds(ctx)]);
  return { ...user, permissions: grants, organization: { id, name, contactKinds } };
}

type Issued = Awaited<ReturnType<typeof login>>;

function asTokens({ accessToken, refreshToken, user }: Issued): Session {
  return { accessToken, refreshToken, user };
}

function inCookies({ installation }: FastifyInstance, reply: FastifyReply, session: Issued): CookieSession {
  keepInCookies(reply, session);
  return { csrfToken: csrfTokenOf(installation, session.sessionId), user: session.user };
}

/** The refresh token in the cookie, of a page that showed that it may use it. */
async function ownCookie(request: FastifyRequest): Promise<string | undefined> {
  const token = refreshCookie(request);
  const session = token === undefined ? undefined : await sessionOfRefreshToken(request.server.installation, token);
  if (session?.mode !== 'cookie') return undefined;
  const refusal = crossSiteRefusal(request, session.sessionId);
  if (refusal) throw refusal;
  return token;
}

function callerOf({ ip, headers }: FastifyRequest): Caller {
  return { ip, userAgent: headers['user-agent'] };
}
