import {
  confirmReset,
  fail,
  findUser,
  Login,
  login,
  logout,
  Me,
  MePatch,
  PasswordReset,
  PasswordResetRequest,
  RefreshToken,
  refresh,
  requestReset,
  Session,
  updateMe,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../plugins/auth.js';
import { readContext, route } from './route.js';

export function auth(app: FastifyInstance): void {
  const { installation, loginLimit } = app;

  route(app, {
    method: 'POST',
    url: '/auth/login',
    operation: 'auth.login',
    summary: 'Log in with e-mail and password',
    access: 'public',
    body: Login,
    answer: Session,
    errors: ['login_failed', 'organization_required'],
    limit: loginLimit,
    handler: ({ body }) => login(installation, body),
  });

  route(app, {
    method: 'POST',
    url: '/auth/refresh',
    operation: 'auth.refresh',
    summary: 'Trade a refresh token for a new pair',
    access: 'public',
    body: RefreshToken,
    answer: Session,
    errors: ['refresh_failed'],
    limit: loginLimit,
    handler: ({ body }) => refresh(installation, body.refreshToken),
  });

  route(app, {
    method: 'POST',
    url: '/auth/logout',
    operation: 'auth.logout',
    summary: 'End the session that a refresh token belongs to',
    access: 'public',
    body: RefreshToken,
    answer: null,
    handler: async ({ body }) => {
      await logout(installation, body.refreshToken);
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
    url: '/me',
    operation: 'me.get',
    summary: 'The user who is signed in, and what they may do',
    access: 'signed_in',
    answer: Me,
    handler: async ({ request }) => {
      const actor = actorOf(request);
      const user = (await findUser(readContext(request), actor.id)) ?? fail('unauthorized');
      return { ...user, permissions: actor.grants };
    },
  });

  route(app, {
    method: 'PATCH',
    url: '/me',
    operation: 'me.update',
    summary: "Change one's own name, time zone or password",
    access: 'signed_in',
    body: MePatch,
    answer: Me,
    errors: ['current_password_wrong', 'password_refused'],
    // A password is asked for here, too.
    limit: loginLimit,
    handler: async ({ request, body, idempotencyKey }) => {
      const actor = actorOf(request);
      const user = await updateMe(installation, actor, body, idempotencyKey);
      return { ...user, permissions: actor.grants };
    },
  });
}
