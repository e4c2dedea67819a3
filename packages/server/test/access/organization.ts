import { admins, at, everybody, own, type RouteExpectation, readers } from './expectation.js';
import { newChannel } from './made.js';

/** Settings, channels, the logs, and erasing. */
export const organization: Record<string, RouteExpectation> = {
  'GET /api/events': { access: 'events:read', call: at('/api/events'), answers: everybody(200), stranger: 200 },
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
  'GET /api/settings': { access: 'settings:read', call: at('/api/settings'), answers: readers(200), stranger: 200 },
  'PATCH /api/settings': {
    access: 'settings:write',
    call: () => ({ path: '/api/settings', body: { overloadAt: 25 } }),
    answers: admins(200),
    stranger: 200,
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
};
