import { newId } from '@tims/core';
import { addPerson } from '../stage/index.js';
import { admins, at, everybody, type RouteExpectation, readers } from './expectation.js';
import { newInvitation, newRole, newUser, ownInvitation, ownRole } from './made.js';

/** Users, invitations, roles, teams. */
export const people: Record<string, RouteExpectation> = {
  'GET /api/directory': {
    access: 'directory:read',
    call: at('/api/directory'),
    answers: everybody(200),
    stranger: 200,
  },
  'GET /api/teams': { access: 'directory:read', call: at('/api/teams'), answers: everybody(200), stranger: 200 },
  'GET /api/users': { access: 'users:read', call: at('/api/users'), answers: readers(200), stranger: 200 },
  'GET /api/roles': { access: 'roles:read', call: at('/api/roles'), answers: readers(200), stranger: 200 },
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
  'GET /api/users/:id/activity': {
    access: 'signed_in',
    // Their own; those of others are tested with the log.
    call: (_stage, { actor }) => ({ path: `/api/users/${actor.id}/activity` }),
    answers: everybody(200),
    stranger: 404,
  },
};
