import { at, everybody, leaders, own, type RouteExpectation } from './expectation.js';
import { next, teamReason, teamTag } from './made.js';

/** Tags, and reasons for closing. */
export const labels: Record<string, RouteExpectation> = {
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
    call: ({ tims }) => ({ path: '/api/tags', body: { name: `Tag ${next()}`, teamId: tims.teamId } }),
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
      body: { key: `reason_${next()}`, name: 'A reason', teamId: tims.teamId },
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
};
