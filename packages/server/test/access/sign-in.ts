import { testPassword } from '@tims/testing';
import { admins, at, everybody, type RouteExpectation, readers } from './expectation.js';
import { anotherSession, newKey } from './made.js';

/** What is one's own: sessions, second factor, keys. */
export const signIn: Record<string, RouteExpectation> = {
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
  'PATCH /api/me': {
    access: 'signed_in',
    call: () => ({ path: '/api/me', body: { timeZone: 'Asia/Kuala_Lumpur' } }),
    answers: everybody(200),
    stranger: 200,
  },
};
