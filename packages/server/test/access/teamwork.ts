import { newId } from '@tims/core';
import type { Person } from '../stage/index.js';
import { type AccessStage, at, byRole, everybody, own, type RouteExpectation } from './expectation.js';

/** Notes, follow-ups, drafts and the like: each role at a conversation of its own team that is assigned to it. */

/** A path of a conversation that the caller has. */
const on = (rest: string, body?: (stage: AccessStage, caller: Person) => object) => {
  return async (stage: AccessStage, caller: Person) => {
    const path = `/api/conversations/${(await own(stage, caller)).id}${rest}`;
    return body ? { path, body: body(stage, caller) } : { path };
  };
};

/** The path of something that the person has just made. */
async function made(stage: AccessStage, as: Person, at: string, under: string, body: object): Promise<string> {
  const answer = await stage.call('POST', at, { as, body });
  if (answer.status !== 201) throw new Error(`${at}: ${answer.text}`);
  return `${under}/${answer.body.id}`;
}

const noteOf = async (stage: AccessStage, caller: Person) =>
  made(stage, caller, `/api/conversations/${(await own(stage, caller)).id}/notes`, '/api/notes', { text: 'A note' });

const followUpOf = async (stage: AccessStage, caller: Person) => {
  const body = { dueAt: '2099-01-01T09:00' };
  const path = `/api/conversations/${(await own(stage, caller)).id}/follow-ups`;
  return made(stage, caller, path, '/api/follow-ups', body);
};

const cannedResponse = (teamId: string | null) => ({
  shortcut: newId('cannedResponse').slice(4),
  title: 'Greeting',
  text: 'Hello {{contact.name}}',
  teamId,
});

/** In the team of all callers, made by the administrator. */
const cannedResponseOf = (stage: AccessStage) =>
  made(stage, stage.admin, '/api/canned-responses', '/api/canned-responses', cannedResponse(stage.tims.teamId));

const viewOf = (stage: AccessStage, caller: Person) =>
  made(stage, caller, '/api/views', '/api/views', { name: 'Mine', filter: { status: 'queued' } });

export const teamwork: Record<string, RouteExpectation> = {
  'GET /api/conversations/:id/notes': {
    access: 'conversations:read',
    call: on('/notes'),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/notes': {
    access: 'conversations:read',
    call: on('/notes', () => ({ text: 'A note' })),
    answers: everybody(201),
    stranger: 404,
  },
  'GET /api/contacts/:id/notes': {
    access: 'contacts:read',
    call: async (stage, caller) => ({ path: `/api/contacts/${(await own(stage, caller)).contactId}/notes` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/contacts/:id/notes': {
    access: 'conversations:note',
    call: async (stage, caller) => ({
      path: `/api/contacts/${(await own(stage, caller)).contactId}/notes`,
      body: { text: 'A note' },
    }),
    answers: everybody(201),
    stranger: 404,
  },
  'GET /api/notes': {
    access: 'conversations:read',
    call: () => ({ path: `/api/notes?ids=${newId('note')}` }),
    answers: everybody(200),
    stranger: 200,
  },
  'PATCH /api/notes/:id': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: await noteOf(stage, caller), body: { pinned: true } }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/notes/:id': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: await noteOf(stage, caller) }),
    answers: everybody(204),
    stranger: 404,
  },

  'GET /api/notifications': {
    access: 'signed_in',
    call: at('/api/notifications'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/notifications/read': {
    access: 'signed_in',
    call: () => ({ path: '/api/notifications/read', body: { all: true } }),
    answers: everybody(200),
    stranger: 200,
  },

  'GET /api/follow-ups': {
    access: 'conversations:follow_up',
    call: at('/api/follow-ups'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/conversations/:id/follow-ups': {
    access: 'conversations:follow_up',
    call: on('/follow-ups', () => ({ dueAt: '2099-01-01T09:00+08:00', text: 'Paid?' })),
    answers: everybody(201),
    stranger: 404,
  },
  'PATCH /api/follow-ups/:id': {
    access: 'conversations:follow_up',
    call: async (stage, caller) => ({ path: await followUpOf(stage, caller), body: { snoozeMinutes: 5 } }),
    answers: everybody(200),
    stranger: 404,
  },

  'GET /api/canned-responses': {
    access: 'directory:read',
    call: at('/api/canned-responses'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/canned-responses/:id': {
    access: 'directory:read',
    call: async (stage) => ({ path: await cannedResponseOf(stage) }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/canned-responses': {
    access: 'canned_responses:write',
    call: ({ tims }) => ({ path: '/api/canned-responses', body: cannedResponse(tims.teamId) }),
    answers: byRole(201, 201, 201, 201, 403),
    stranger: 404,
  },
  'PATCH /api/canned-responses/:id': {
    access: 'canned_responses:write',
    call: async (stage) => ({ path: await cannedResponseOf(stage), body: { title: 'Another' } }),
    answers: byRole(200, 200, 200, 200, 403),
    stranger: 404,
  },
  'DELETE /api/canned-responses/:id': {
    access: 'canned_responses:write',
    call: async (stage) => ({ path: await cannedResponseOf(stage) }),
    answers: byRole(204, 204, 204, 204, 403),
    stranger: 404,
  },
  'POST /api/canned-responses/:id/render': {
    access: 'directory:read',
    call: async (stage, caller) => ({
      path: `${await cannedResponseOf(stage)}/render`,
      body: { conversationId: (await own(stage, caller)).id },
    }),
    answers: everybody(200),
    stranger: 404,
  },

  'GET /api/drafts': {
    access: 'conversations:reply',
    call: at('/api/drafts'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/conversations/:id/draft': {
    access: 'conversations:reply',
    call: on('/draft'),
    answers: everybody(200),
    stranger: 404,
  },
  'PUT /api/conversations/:id/draft': {
    access: 'conversations:reply',
    call: on('/draft', () => ({ text: 'Good morn', version: 0 })),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/conversations/:id/draft': {
    access: 'conversations:reply',
    call: on('/draft'),
    answers: everybody(204),
    stranger: 404,
  },

  'GET /api/conversations/:id/participants': {
    access: 'conversations:read',
    call: on('/participants'),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/conversations/:id/participants': {
    access: 'conversations:read',
    call: on('/participants', (_stage, { actor }) => ({ userId: actor.id })),
    answers: everybody(201),
    stranger: 404,
  },
  'DELETE /api/conversations/:id/participants/:userId': {
    access: 'conversations:read',
    call: async (stage, caller) => {
      const path = `/api/conversations/${(await own(stage, caller)).id}/participants`;
      await stage.call('POST', path, { as: caller, body: { userId: caller.actor.id } });
      return { path: `${path}/${caller.actor.id}` };
    },
    answers: everybody(204),
    stranger: 404,
  },

  'GET /api/views': { access: 'conversations:read', call: at('/api/views'), answers: everybody(200), stranger: 200 },
  'POST /api/views': {
    access: 'conversations:read',
    call: () => ({ path: '/api/views', body: { name: 'Mine', filter: { status: 'queued' } } }),
    answers: everybody(201),
    stranger: 201,
  },
  'PATCH /api/views/:id': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: await viewOf(stage, caller), body: { position: 3 } }),
    answers: everybody(200),
    stranger: 404,
  },
  'DELETE /api/views/:id': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: await viewOf(stage, caller) }),
    answers: everybody(204),
    stranger: 404,
  },
};
