import { fail, findUser, Login, login, logout, Me, RefreshToken, refresh, Session } from '@tims/core';
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
}
