import { conversationAt } from '../stage/index.js';
import { at, byRole, everybody, own, type RouteExpectation } from './expectation.js';

/** Conversations and messages, lists and search. */
export const conversations: Record<string, RouteExpectation> = {
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
  'GET /api/teams/:id/workload': {
    access: 'workload:read',
    call: ({ tims }) => ({ path: `/api/teams/${tims.teamId}/workload` }),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/search': {
    access: 'conversations:read',
    call: at('/api/search?q=hello'),
    answers: everybody(200),
    stranger: 200,
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
