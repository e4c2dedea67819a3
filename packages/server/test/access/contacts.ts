import { newPhone, type Person } from '../stage/index.js';
import { type AccessStage, admins, at, everybody, own, type RouteExpectation } from './expectation.js';

/** Contacts: each role at the contact of a conversation of its own team that is assigned to it. */

const on = (rest: string, body?: object) => async (stage: AccessStage, caller: Person) => {
  const path = `/api/contacts/${(await own(stage, caller)).contactId}${rest}`;
  return body ? { path, body } : { path };
};

let serial = 0;

async function attribute({ call, admin }: AccessStage): Promise<string> {
  const body = { key: `attribute_${++serial}`, name: 'An attribute', type: 'text' };
  return (await call('POST', '/api/contact-attributes', { as: admin, body })).body.key;
}

export const contacts: Record<string, RouteExpectation> = {
  'GET /api/contacts': { access: 'contacts:read', call: at('/api/contacts'), answers: everybody(200), stranger: 200 },
  'POST /api/contacts': {
    access: 'contacts:write',
    call: ({ tims }) => ({
      path: '/api/contacts',
      body: { name: 'Somebody', identities: [{ channelId: tims.channelId, address: `+${newPhone()}` }] },
    }),
    answers: everybody(201),
    stranger: 404,
  },
  'GET /api/contacts/:id': { access: 'contacts:read', call: on(''), answers: everybody(200), stranger: 404 },
  'PATCH /api/contacts/:id': {
    access: 'contacts:write',
    call: on('', { name: 'Another name' }),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/contacts/:id/conversations': {
    access: 'contacts:read',
    call: on('/conversations'),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/contacts/:id/stream': {
    access: 'contacts:read',
    call: on('/stream'),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/contact-attributes': {
    access: 'contacts:read',
    call: at('/api/contact-attributes'),
    answers: everybody(200),
    stranger: 200,
  },
  'POST /api/contact-attributes': {
    access: 'settings:write',
    call: () => ({
      path: '/api/contact-attributes',
      body: { key: `attribute_${++serial}`, name: 'An attribute', type: 'text' },
    }),
    answers: admins(201),
    stranger: 201,
  },
  'PATCH /api/contact-attributes/:key': {
    access: 'settings:write',
    call: async (stage) => ({
      path: `/api/contact-attributes/${await attribute(stage)}`,
      body: { name: 'Another name' },
    }),
    answers: admins(200),
    stranger: 404,
  },
  'DELETE /api/contact-attributes/:key': {
    access: 'settings:write',
    call: async (stage) => ({ path: `/api/contact-attributes/${await attribute(stage)}` }),
    answers: admins(204),
    stranger: 404,
  },
};
