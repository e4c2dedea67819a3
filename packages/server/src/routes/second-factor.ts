import {
  confirmSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  getSecondFactor,
  Id,
  NewSecondFactor,
  RecoveryCodes,
  renewRecoveryCodes,
  resetSecondFactor,
  SecondFactorCode,
  SecondFactorProof,
  SecondFactorSecret,
  SecondFactorStatus,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { readContext, route } from './route.js';

export function secondFactor(app: FastifyInstance): void {
  const { installation, loginLimit } = app;
  const own = { access: 'signed_in', personal: true, beforeSecondFactor: true } as const;

  route(app, {
    ...own,
    method: 'GET',
    url: '/me/second-factor',
    operation: 'me.getSecondFactor',
    summary: 'Whether the caller has a second factor, and needs one',
    answer: SecondFactorStatus,
    handler: ({ request }) => getSecondFactor(readContext(request), actorOf(request)),
  });

  route(app, {
    ...own,
    method: 'POST',
    url: '/me/second-factor',
    operation: 'me.enableSecondFactor',
    summary: "Begin to set up a second factor: a secret for the caller's authenticator app",
    body: NewSecondFactor,
    answer: SecondFactorSecret,
    status: 201,
    secretAnswer: true,
    errors: ['login_failed', 'login_locked', 'second_factor_state'],
    limit: loginLimit,
    handler: ({ request, body }) => enableSecondFactor(installation, actorOf(request), body),
  });

  route(app, {
    ...own,
    method: 'POST',
    url: '/me/second-factor/confirm',
    operation: 'me.confirmSecondFactor',
    summary: 'Turn it on with a code of the app; answers with recovery codes, this once',
    body: SecondFactorCode,
    answer: RecoveryCodes,
    secretAnswer: true,
    errors: ['login_failed', 'login_locked', 'second_factor_state'],
    limit: loginLimit,
    handler: ({ request, body }) => confirmSecondFactor(installation, actorOf(request), body),
  });

  route(app, {
    ...own,
    method: 'POST',
    url: '/me/second-factor/recovery-codes',
    operation: 'me.renewRecoveryCodes',
    summary: 'Ten new recovery codes, shown this once; those of before end at once',
    body: SecondFactorProof,
    answer: RecoveryCodes,
    status: 201,
    secretAnswer: true,
    errors: ['login_failed', 'login_locked', 'second_factor_state'],
    limit: loginLimit,
    handler: ({ request, body }) => renewRecoveryCodes(installation, actorOf(request), body),
  });

  route(app, {
    ...own,
    method: 'DELETE',
    url: '/me/second-factor',
    operation: 'me.disableSecondFactor',
    summary: "Take the caller's second factor away",
    body: SecondFactorProof,
    answer: null,
    secretAnswer: true,
    errors: ['login_failed', 'login_locked', 'second_factor_state'],
    limit: loginLimit,
    handler: async ({ request, body }) => {
      await disableSecondFactor(installation, actorOf(request), body);
      return undefined;
    },
  });

  route(app, {
    method: 'DELETE',
    url: '/users/:id/second-factor',
    operation: 'users.resetSecondFactor',
    summary: "Take a user's second factor away, who lost it and the recovery codes",
    access: 'users:write',
    personal: true,
    params: Type.Object({ id: Id('user') }),
    answer: null,
    errors: ['rank_too_high'],
    handler: async ({ request, params, idempotencyKey }) => {
      await resetSecondFactor(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
