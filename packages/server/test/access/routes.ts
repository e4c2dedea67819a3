import { type NewChannel, newId } from '@tims/core';
import { signWebhook, textWebhook } from '@tims/testing';
import { addPerson, conversationAt, type Person, type Stage } from '../stage/index.js';

/**
 * Who may call what, route by route, as the design's table of roles says it: written from the design, not from the
 * code, so that it can catch the code. A route that stands neither here nor among the public ones fails the test.
 */
export interface RouteExpectation {
  access: string;
  /** A valid call, with what it needs, in the place that is best for this caller: own team, assigned to them. */
  call(stage: AccessStage, caller: Person): Promise<{ path: string; body?: object }> | { path: string; body?: object };
  answers: Record<RoleKey, number>;
  /** What an administrator of another organization gets for the administrator's call. */
  stranger: number;
}

export const roleKeys = ['admin', 'operations_manager', 'manager', 'assistant_manager', 'agent'] as const;
export type RoleKey = (typeof roleKeys)[number];

export interface AccessStage extends Stage {
  people: Record<RoleKey, Person>;
  failureId: string;
}

/** Everybody · administration that operations managers may read · administration. */
const everybody = (status: number) => byRole(status, status, status, status, status);
const readers = (status: number) => byRole(status, status, 403, 403, 403);
const admins = (status: number) => byRole(status, 403, 403, 403, 403);

function byRole(
  ...[admin, operations_manager, manager, assistant_manager, agent]: [number, number, number, number, number]
) {
  return { admin, operations_manager, manager, assistant_manager, agent };
}

const own = async ({ tims }: Stage, { actor }: Person) => conversationAt(tims, { assignee: actor });
const at = (path: string) => () => ({ path });

export const protectedRoutes: Record<string, RouteExpectation> = {
  'GET /api/me': { access: 'signed_in', call: at('/api/me'), answers: everybody(200), stranger: 200 },
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

  'GET /api/contacts/:id': {
    access: 'contacts:read',
    call: async (stage, caller) => ({ path: `/api/contacts/${(await own(stage, caller)).contactId}` }),
    answers: everybody(200),
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

let serial = 0;

export function newUser(teamId: string): object {
  const email = `new-${++serial}@example.com`;
  return { email, name: 'New', password: 'correct horse battery', role: 'agent', teams: [{ id: teamId }] };
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
  const [operations_manager, manager, assistant_manager, agent] = await Promise.all([
    addPerson(tims, 'operations_manager', teams),
    addPerson(tims, 'manager', teams),
    addPerson(tims, 'assistant_manager', teams),
    addPerson(tims, 'agent', teams),
  ]);
  const people = { admin, operations_manager, manager, assistant_manager, agent };
  return { ...stage, people, failureId: await ownFailure(stage) };
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
