import {
  Acceptance,
  Accepted,
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  Id,
  Invitation,
  InvitationPreview,
  InvitationToken,
  listInvitations,
  NewInvitation,
  previewInvitation,
  resendInvitation,
  SentInvitation,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, route } from './route.js';

const InvitationPath = Type.Object({ id: Id('invitation') });

export function invitations(app: FastifyInstance): void {
  const { installation, loginLimit } = app;

  route(app, {
    method: 'GET',
    url: '/invitations',
    operation: 'invitations.list',
    summary: 'Who was invited, the newest first',
    access: 'users:read',
    query: PageQuery,
    answer: ListOf(Invitation),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listInvitations(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/invitations',
    operation: 'invitations.create',
    summary: 'Invite somebody by mail; the link works once, for seven days',
    access: 'users:write',
    body: NewInvitation,
    answer: SentInvitation,
    status: 201,
    errors: ['email_taken', 'already_invited', 'rank_too_high', 'permission_not_held', 'not_found'],
    handler: ({ request, body, idempotencyKey }) =>
      createInvitation(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/invitations/:id/resend',
    operation: 'invitations.resend',
    summary: 'Mail a new link; the one before works no more',
    access: 'users:write',
    params: InvitationPath,
    answer: SentInvitation,
    errors: ['invitation_accepted', 'email_taken', 'rank_too_high', 'permission_not_held'],
    handler: ({ request, params, idempotencyKey }) =>
      resendInvitation(installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/invitations/:id',
    operation: 'invitations.delete',
    summary: 'Withdraw an invitation',
    access: 'users:write',
    params: InvitationPath,
    answer: null,
    errors: ['invitation_accepted'],
    handler: async ({ request, params, idempotencyKey }) => {
      await deleteInvitation(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/invitations/preview',
    operation: 'invitations.preview',
    summary: 'What a link is about',
    access: 'public',
    body: InvitationToken,
    answer: InvitationPreview,
    errors: ['link_invalid'],
    limit: loginLimit,
    handler: ({ body }) => previewInvitation(installation, body),
  });

  route(app, {
    method: 'POST',
    url: '/invitations/accept',
    operation: 'invitations.accept',
    summary: 'Become a user; with an e-mail that has an account already, with its password',
    access: 'public',
    body: Acceptance,
    answer: Accepted,
    status: 201,
    errors: ['link_invalid', 'login_failed', 'login_locked', 'password_refused', 'conflict'],
    limit: loginLimit,
    handler: ({ body, request }) => acceptInvitation(installation, body, request.ip),
  });
}
