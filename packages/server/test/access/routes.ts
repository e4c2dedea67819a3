import { authenticate, type NewChannel, newId, updateSettings } from '@tims/core';
import { signWebhook, testPassword, textWebhook } from '@tims/testing';
import { addPerson, conversationAt, type Person, type Stage, tokenFor } from '../stage/index.js';
import { contactImports } from './contact-imports.js';
import { contacts } from './contacts.js';
import {
  type AccessStage,
  admins,
  at,
  byRole,
  everybody,
  leaders,
  own,
  type RouteExpectation,
  readers,
} from './expectation.js';
import { merges } from './merges.js';
import { teamwork } from './teamwork.js';

export { type AccessStage, type RoleKey, roleKeys } from './expectation.js';

export const protectedRoutes: Record<string, RouteExpectation> = {
  'GET /api/me': { access: 'signed_in', call: at('/api/me'), answers: everybody(200), stranger: 200 },
  'GET /api/me/sessions': { access: 'signed_in', call: at('/api/me/sessions'), answers: everybody(200), stranger: 200 },
  'DELETE /api/me/sessions': {
    access: 'signed_in',
    call: at('/api/me/sessions'),
    answers: everybody(204),
    stranger: 204,
  },
  'DELETE /api/me/sessions/:id': {
    access: 'signed_in',
    call: async ({ tims }, { actor }) => ({ path: `/api/me/sessions/${await anotherSession(tims, actor)}` }),
    answers: everybody(204),
    stranger: 404,
  },
  'GET /api/me/second-factor': {
    access: 'signed_in',
    call: at('/api/me/second-factor'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/me/second-factor': {
    access: 'signed_in',
    call: () => ({ path: '/api/me/second-factor', body: { password: testPassword } }),
    answers: everybody(201),
    stranger: 201,
  },
  'POST /api/me/second-factor/confirm': {
    access: 'signed_in',
    call: () => ({ path: '/api/me/second-factor/confirm', body: { code: '000000000' } }),
    // They may; it is no code.
    answers: everybody(401),
    stranger: 401,
  },
  'POST /api/me/second-factor/recovery-codes': {
    access: 'signed_in',
    call: () => ({
      path: '/api/me/second-factor/recovery-codes',
      body: { password: testPassword, code: '000000' },
    }),
    // They may; there is no second factor.
    answers: everybody(409),
    stranger: 409,
  },
  'DELETE /api/me/second-factor': {
    access: 'signed_in',
    call: () => ({ path: '/api/me/second-factor', body: { password: testPassword, code: '000000' } }),
    // They may; there is none.
    answers: everybody(409),
    stranger: 409,
  },
  'DELETE /api/users/:id/second-factor': {
    access: 'users:write',
    call: ({ people }) => ({ path: `/api/users/${people.agent.actor.id}/second-factor` }),
    answers: admins(204),
    stranger: 404,
  },
  'GET /api/keys': { access: 'keys:read', call: at('/api/keys'), answers: readers(200), stranger: 200 },
  'POST /api/keys': {
    access: 'keys:write',
    call: () => ({ path: '/api/keys', body: newKey(['conversations:read']) }),
    answers: admins(201),
    stranger: 201,
  },
  'DELETE /api/keys/:id': {
    access: 'keys:write',
    call: async ({ call, admin }) => {
      const { body } = await call('POST', '/api/keys', { as: admin, body: newKey(['conversations:read']) });
      return { path: `/api/keys/${body.id}` };
    },
    answers: admins(204),
    stranger: 404,
  },
  'POST /api/realtime/tickets': {
    access: 'signed_in',
    call: at('/api/realtime/tickets'),
    answers: everybody(201),
    stranger: 201,
  },
  'GET /api/directory': {
    access: 'directory:read',
    call: at('/api/directory'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/teams': { access: 'directory:read', call: at('/api/teams'), answers: everybody(200), stranger: 200 },
  'GET /api/events': { access: 'events:read', call: at('/api/events'), answers: everybody(200), stranger: 200 },

  'GET /api/users': { access: 'users:read', call: at('/api/users'), answers: readers(200), stranger: 200 },
  'GET /api/roles': { access: 'roles:read', call: at('/api/roles'), answers: readers(200), stranger: 200 },
  'GET /api/channels': { access: 'channels:read', call: at('/api/channels'), answers: readers(200), stranger: 200 },
  'GET /api/channels/:id': {
    access: 'channels:read',
    call: ({ tims }) => ({ path: `/api/channels/${tims.channelId}` }),
    answers: readers(200),
    stranger: 404,
  },
  'PATCH /api/channels/:id': {
    access: 'channels:write',
    call: ({ tims }) => ({ path: `/api/channels/${tims.channelId}`, body: { name: 'Customer care' } }),
    answers: admins(200),
    stranger: 404,
  },
  'GET /api/channel-kinds': {
    access: 'channels:read',
    call: at('/api/channel-kinds'),
    answers: readers(200),
    stranger: 200,
  },
  'GET /api/inbound-failures': {
    access: 'failures:read',
    call: at('/api/inbound-failures'),
    answers: readers(200),
    stranger: 200,
  },

  'POST /api/users': {
    access: 'users:write',
    call: ({ tims }) => ({ path: '/api/users', body: newUser(tims.teamId) }),
    answers: admins(201),
    stranger: 404,
  },
  'PATCH /api/users/:id': {
    access: 'users:write',
    call: ({ people }) => ({ path: `/api/users/${people.agent.actor.id}`, body: { status: 'active' } }),
    answers: admins(200),
    stranger: 404,
  },
  'PATCH /api/me': {
    access: 'signed_in',
    call: () => ({ path: '/api/me', body: { timeZone: 'Asia/Kuala_Lumpur' } }),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/users/:id': {
    access: 'users:read',
    call: ({ people }) => ({ path: `/api/users/${people.agent.actor.id}` }),
    answers: readers(200),
    stranger: 404,
  },
  'POST /api/users/:id/password': {
    access: 'users:write',
    call: async ({ tims }) => ({
      path: `/api/users/${(await addPerson(tims, 'agent', [])).actor.id}/password`,
      body: { password: 'another horse battery' },
    }),
    answers: admins(204),
    stranger: 404,
  },
  'GET /api/invitations': {
    access: 'users:read',
    call: at('/api/invitations'),
    answers: readers(200),
    stranger: 200,
  },
  'POST /api/invitations': {
    access: 'users:write',
    call: ({ tims }) => ({ path: '/api/invitations', body: newInvitation(tims.teamId) }),
    answers: admins(201),
    stranger: 404,
  },
  'POST /api/invitations/:id/resend': {
    access: 'users:write',
    call: async (stage) => ({ path: `/api/invitations/${await ownInvitation(stage)}/resend` }),
    answers: admins(200),
    stranger: 404,
  },
  'DELETE /api/invitations/:id': {
    access: 'users:write',
    call: async (stage) => ({ path: `/api/invitations/${await ownInvitation(stage)}` }),
    answers: admins(204),
    stranger: 404,
  },
  'POST /api/roles': {
    access: 'roles:write',
    call: () => ({ path: '/api/roles', body: newRole() }),
    answers: admins(201),
    stranger: 201,
  },
  'PATCH /api/roles/:key': {
    access: 'roles:write',
    call: async (stage) => ({ path: `/api/roles/${await ownRole(stage)}`, body: { name: 'Another name' } }),
    answers: admins(200),
    stranger: 404,
  },
  'DELETE /api/roles/:key': {
    access: 'roles:write',
    call: async (stage) => ({ path: `/api/roles/${await ownRole(stage)}` }),
    answers: admins(204),
    stranger: 404,
  },
  'GET /api/settings': { access: 'settings:read', call: at('/api/settings'), answers: readers(200), stranger: 200 },
  'PATCH /api/settings': {
    access: 'settings:write',
    call: () => ({ path: '/api/settings', body: { overloadAt: 25 } }),
    answers: admins(200),
    stranger: 200,
  },
  'GET /api/teams/:id': {
    access: 'directory:read',
    call: ({ tims }) => ({ path: `/api/teams/${tims.teamId}` }),
    answers: everybody(200),
    stranger: 404,
  },
  'PATCH /api/teams/:id': {
    access: 'teams:write',
    call: ({ tims }) => ({ path: `/api/teams/${tims.teamId}`, body: { name: 'Customers' } }),
    answers: admins(200),
    stranger: 404,
  },
  'POST /api/teams/:id/members': {
    access: 'teams:write',
    call: ({ tims, people }) => ({
      path: `/api/teams/${tims.teamId}/members`,
      body: { userId: people.agent.actor.id, lead: false },
    }),
    answers: admins(200),
    stranger: 404,
  },
  'DELETE /api/teams/:id/members/:userId': {
    access: 'teams:write',
    call: async ({ tims }) => ({
      path: `/api/teams/${tims.teamId}/members/${(await addPerson(tims, 'agent', [tims.teamId])).actor.id}`,
    }),
    answers: admins(200),
    stranger: 404,
  },
  'POST /api/teams': {
    access: 'teams:write',
    call: () => ({ path: '/api/teams', body: { key: `t${newId('team').slice(-20)}`, name: 'A team' } }),
    answers: admins(201),
    stranger: 201,
  },
  'POST /api/channels': {
    access: 'channels:write',
    call: ({ tims }) => ({ path: '/api/channels', body: newChannel(tims.teamId) }),
    answers: admins(201),
    // Not an operator: may not even name a number that the provider has not confirmed.
    stranger: 403,
  },
  'POST /api/inbound-failures/:id/replay': {
    access: 'failures:replay',
    call: ({ failureId }) => ({ path: `/api/inbound-failures/${failureId}/replay` }),
    // It may; the failure is still at fault.
    answers: admins(409),
    stranger: 404,
  },

  'GET /api/activities': {
    access: 'activities:read',
    call: at('/api/activities'),
    answers: readers(200),
    stranger: 200,
  },
  'GET /api/activities/export.csv': {
    access: 'activities:read',
    call: at('/api/activities/export.csv'),
    answers: readers(200),
    stranger: 200,
  },
  'GET /api/activities/verification': {
    access: 'activities:read',
    call: at('/api/activities/verification'),
    answers: readers(200),
    stranger: 200,
  },
  'POST /api/activities/purge': {
    access: 'activities:write',
    call: () => ({ path: '/api/activities/purge', body: { before: '2020-01-01T00:00:00.000Z' } }),
    answers: admins(200),
    stranger: 200,
  },
  'GET /api/users/:id/activity': {
    access: 'signed_in',
    // Their own; those of others are tested with the log.
    call: (_stage, { actor }) => ({ path: `/api/users/${actor.id}/activity` }),
    answers: everybody(200),
    stranger: 404,
  },

  ...contacts,
  'GET /api/contacts/:id': {
    access: 'contacts:read',
    call: async (stage, caller) => ({ path: `/api/contacts/${(await own(stage, caller)).contactId}` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/contacts/:id/erase': {
    access: 'contacts:erase',
    call: async (stage, caller) => ({ path: `/api/contacts/${(await own(stage, caller)).contactId}/erase` }),
    answers: admins(202),
    stranger: 404,
  },
  'GET /api/erasures': { access: 'contacts:erase', call: at('/api/erasures'), answers: admins(200), stranger: 200 },
  'GET /api/erasures/:id': {
    access: 'contacts:erase',
    call: async (stage) => {
      const { contactId } = await own(stage, stage.people.agent);
      const { body } = await stage.call('POST', `/api/contacts/${contactId}/erase`, { as: stage.admin });
      return { path: `/api/erasures/${body.id}` };
    },
    answers: admins(200),
    stranger: 404,
  },
  'GET /api/conversations/counts': {
    access: 'conversations:read',
    call: at('/api/conversations/counts'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/conversations': {
    access: 'conversations:read',
    call: at('/api/conversations'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/conversations/:id': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: `/api/conversations/${(await own(stage, caller)).id}` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/take': {
    access: 'conversations:take',
    call: async ({ tims }) => ({ path: `/api/conversations/${(await conversationAt(tims)).id}/take` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/assign': {
    access: 'conversations:assign',
    call: async (stage, caller) => ({
      path: `/api/conversations/${(await own(stage, caller)).id}/assign`,
      body: { assigneeId: stage.people.agent.actor.id },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/close': {
    access: 'conversations:close',
    call: async (stage, caller) => ({
      path: `/api/conversations/${(await own(stage, caller)).id}/close`,
      body: { reason: 'resolved' },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/reopen': {
    access: 'conversations:reopen',
    call: async ({ tims }, { actor }) => ({
      path: `/api/conversations/${(await conversationAt(tims, { assignee: actor, closed: true })).id}/reopen`,
    }),
    // An agent hands on their own and reopens nothing.
    answers: byRole(200, 200, 200, 200, 403),
    stranger: 404,
  },
  'POST /api/conversations/:id/read': {
    access: 'conversations:reply',
    call: async (stage, caller) => ({ path: `/api/conversations/${(await own(stage, caller)).id}/read`, body: {} }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/transfer': {
    access: 'conversations:assign',
    call: async (stage, caller) => ({
      path: `/api/conversations/${(await own(stage, caller)).id}/transfer`,
      body: { teamId: stage.tims.teamId, note: 'For you' },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/pending': {
    access: 'conversations:close',
    call: async (stage, caller) => ({ path: `/api/conversations/${(await own(stage, caller)).id}/pending` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/bulk': {
    access: 'conversations:read',
    call: async (stage, caller) => ({
      path: '/api/conversations/bulk',
      body: { act: 'pend', ids: [(await own(stage, caller)).id] },
    }),
    // Says of each conversation what became of it; of another organization's that there is none.
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/conversations/:id/tags': {
    access: 'conversations:tag',
    call: async (stage, caller) => ({
      path: `/api/conversations/${(await own(stage, caller)).id}/tags`,
      body: { tagId: stage.tagId },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/conversations/:id/tags/:tagId': {
    access: 'conversations:tag',
    call: async (stage, caller) => ({
      path: `/api/conversations/${(await own(stage, caller)).id}/tags/${stage.tagId}`,
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/messages/:id': {
    access: 'conversations:reply',
    call: async (stage, caller) => {
      const { id } = await own(stage, caller);
      const sent = await stage.call('POST', '/api/messages/send', {
        as: caller,
        body: { conversationId: id, text: 'x' },
      });
      return { path: `/api/messages/${sent.body.id}` };
    },
    answers: everybody(204),
    stranger: 404,
  },
  'POST /api/messages/:id/tag': {
    access: 'conversations:tag',
    call: async (stage, caller) => ({
      path: `/api/messages/${(await own(stage, caller)).messageId}/tag`,
      body: { tagId: stage.tagId },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/messages/:id/tags/:tagId': {
    access: 'conversations:tag',
    call: async (stage, caller) => ({
      path: `/api/messages/${(await own(stage, caller)).messageId}/tags/${stage.tagId}`,
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/contacts/:id/tags': {
    access: 'contacts:write',
    call: async (stage, caller) => ({
      path: `/api/contacts/${(await own(stage, caller)).contactId}/tags`,
      body: { tagId: stage.tagId },
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/contacts/:id/tags/:tagId': {
    access: 'contacts:write',
    call: async (stage, caller) => ({
      path: `/api/contacts/${(await own(stage, caller)).contactId}/tags/${stage.tagId}`,
    }),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/tags': { access: 'directory:read', call: at('/api/tags'), answers: everybody(200), stranger: 200 },
  'POST /api/tags': {
    access: 'tags:write',
    call: ({ tims }) => ({ path: '/api/tags', body: { name: `Tag ${++serial}`, teamId: tims.teamId } }),
    // Of their own team, whoever leads it; everybody's only who acts in all teams.
    answers: leaders(201),
    stranger: 404,
  },
  'PATCH /api/tags/:id': {
    access: 'tags:write',
    call: async (stage) => ({ path: `/api/tags/${await teamTag(stage)}`, body: { color: 'red' } }),
    answers: leaders(200),
    stranger: 404,
  },
  'DELETE /api/tags/:id': {
    access: 'tags:write',
    call: async (stage) => ({ path: `/api/tags/${await teamTag(stage)}` }),
    answers: leaders(204),
    stranger: 404,
  },
  'GET /api/close-reasons': {
    access: 'directory:read',
    call: at('/api/close-reasons'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/close-reasons': {
    access: 'close_reasons:write',
    call: ({ tims }) => ({
      path: '/api/close-reasons',
      body: { key: `reason_${++serial}`, name: 'A reason', teamId: tims.teamId },
    }),
    answers: leaders(201),
    stranger: 404,
  },
  'PATCH /api/close-reasons/:id': {
    access: 'close_reasons:write',
    call: async (stage) => ({ path: `/api/close-reasons/${await teamReason(stage)}`, body: { name: 'Another name' } }),
    answers: leaders(200),
    stranger: 404,
  },
  'DELETE /api/close-reasons/:id': {
    access: 'close_reasons:write',
    call: async (stage) => ({ path: `/api/close-reasons/${await teamReason(stage)}` }),
    answers: leaders(204),
    stranger: 404,
  },
  'GET /api/teams/:id/workload': {
    access: 'workload:read',
    call: ({ tims }) => ({ path: `/api/teams/${tims.teamId}/workload` }),
    answers: everybody(200),
    stranger: 404,
  },
  ...merges,
  ...contactImports,
  ...teamwork,

  'GET /api/messages': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: `/api/messages?ids=${(await own(stage, caller)).messageId}` }),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/messages/search': {
    access: 'conversations:read',
    call: at('/api/messages/search?q=hello'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/messages/:orgId': {
    access: 'conversations:read',
    call: ({ tims }) => ({ path: `/api/messages/${tims.organization}` }),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/search': {
    access: 'conversations:read',
    call: at('/api/search?q=hello'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/messages': {
    access: 'conversations:reply',
    call: async (stage, caller) => ({
      path: '/api/messages',
      body: { conversationId: (await own(stage, caller)).id, text: 'Hello' },
    }),
    answers: everybody(201),
    stranger: 404,
  },
  'POST /api/messages/send': {
    access: 'conversations:reply',
    call: async (stage, caller) => ({
      path: '/api/messages/send',
      body: { conversationId: (await own(stage, caller)).id, text: 'Hello' },
    }),
    answers: everybody(201),
    stranger: 404,
  },
};

/** The closed list of what answers without a token; what each asks for instead is tested where it belongs. */
export const publicRoutes = [
  'POST /api/auth/login',
  'POST /api/auth/refresh',
  'POST /api/auth/logout',
  'POST /api/auth/password-reset',
  'POST /api/auth/password-reset/confirm',
  'POST /api/invitations/preview',
  'POST /api/invitations/accept',
  'GET /api/auth/csrf',
  'GET /api/realtime',
  'POST /api/webhook/:kind',
  'GET /api/webhook/:kind',
  'POST /api/webhook/:kind/:channelId',
  'GET /api/webhook/:kind/:channelId',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
];

/** A tag of the caller's team. */
async function teamTag({ call, admin, tims }: Stage): Promise<string> {
  const body = { name: `Tag ${++serial}`, teamId: tims.teamId };
  return (await call('POST', '/api/tags', { as: admin, body })).body.id;
}

async function teamReason({ call, admin, tims }: Stage): Promise<string> {
  const body = { key: `reason_${++serial}`, name: 'A reason', teamId: tims.teamId };
  return (await call('POST', '/api/close-reasons', { as: admin, body })).body.id;
}

let serial = 0;

export function newUser(teamId: string): object {
  const email = `new-${++serial}@example.com`;
  return { email, name: 'New', password: 'correct horse battery', role: 'agent', teams: [{ id: teamId }] };
}

function newInvitation(teamId: string): object {
  return { email: `invited-${++serial}@example.com`, role: 'agent', teams: [{ id: teamId }] };
}

async function ownInvitation({ tims, admin, call }: Stage): Promise<string> {
  return (await call('POST', '/api/invitations', { as: admin, body: newInvitation(tims.teamId) })).body.id;
}

function newRole(): object {
  const permissions = [{ permission: 'directory:read', scope: 'all' }];
  return { key: `role_${++serial}`, name: 'A role', rank: 10, permissions };
}

async function ownRole({ admin, call }: Stage): Promise<string> {
  return (await call('POST', '/api/roles', { as: admin, body: newRole() })).body.key;
}

/** A key that runs out in a day. */
export function newKey(permissions: string[]): object {
  return { name: 'A key', permissions, expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
}

/** A second session of the user; answers with its id. */
async function anotherSession({ installation }: Stage['tims'], actor: Person['actor']): Promise<string> {
  const token = await tokenFor(installation, actor);
  return (await authenticate(installation, token))?.via ?? '';
}

export function newChannel(
  defaultTeamId: string,
  config: Record<string, string> = {},
): NewChannel & { config: { phoneNumberId: string } } {
  const phoneNumberId = String(900_000_000_000 + ++serial);
  const rest = { kind: 'whatsapp', name: 'Another number', defaultTeamId, verify: false };
  return { ...rest, config: { phoneNumberId, accessToken: 'token', ...config } };
}

export async function accessStage(stage: Stage): Promise<AccessStage> {
  const { tims, admin } = stage;
  const teams = [tims.teamId];
  // So that there is time to take a message back.
  await updateSettings(tims.installation, tims.admin, { undoSendSeconds: 60 });
  const [operations_manager, manager, assistant_manager, agent] = await Promise.all([
    addPerson(tims, 'operations_manager', teams),
    addPerson(tims, 'manager', teams),
    addPerson(tims, 'assistant_manager', teams),
    addPerson(tims, 'agent', teams),
  ]);
  const people = { admin, operations_manager, manager, assistant_manager, agent };
  const { body: tags } = await stage.call('GET', '/api/tags', { as: admin });
  return { ...stage, people, failureId: await ownFailure(stage), tagId: tags.data[0].id };
}

/** A failure that belongs to the organization: signed with a channel's own secret, about a number that nobody has. */
async function ownFailure({ tims, admin, call }: Stage): Promise<string> {
  const appSecret = 'the secret of one channel';
  const { body: channel } = await call('POST', '/api/channels', {
    as: admin,
    body: newChannel(tims.teamId, { appSecret }),
  });
  const { body, headers } = signWebhook(textWebhook({ phoneNumberId: '999999', from: '60123456789' }), appSecret);
  await call('POST', channel.webhookPath, { body: body.toString(), headers });
  const { body: failures } = await call('GET', '/api/inbound-failures', { as: admin });
  return failures.data[0].id;
}
