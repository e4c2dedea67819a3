import type { Stage } from '../stage/index.js';
import { at, type RouteExpectation, readers } from './expectation.js';

const csv = { body: 'name\nMei\n', headers: { 'content-type': 'text/csv' } };

/** The path of an import of the organization. */
const under = (rest: string, body?: object) => async (stage: Stage) => {
  const { body: made } = await stage.call('POST', '/api/contact-imports', { as: stage.admin, ...csv });
  return { path: `/api/contact-imports/${made.id}${rest}`, ...(body ? { body } : {}) };
};

/** All contacts at once, in and out: for those who answer for all of them. */
export const contactImports: Record<string, RouteExpectation> = {
  'GET /api/contacts/export': {
    access: 'contacts:transfer',
    call: at('/api/contacts/export'),
    answers: readers(200),
    stranger: 200,
  },
  'POST /api/contact-imports': {
    access: 'contacts:transfer',
    call: () => ({ path: '/api/contact-imports', ...csv }),
    answers: readers(201),
    stranger: 201,
  },
  'GET /api/contact-imports': {
    access: 'contacts:transfer',
    call: at('/api/contact-imports'),
    answers: readers(200),
    stranger: 200,
  },
  'GET /api/contact-imports/:id': {
    access: 'contacts:transfer',
    call: under(''),
    answers: readers(200),
    stranger: 404,
  },
  'GET /api/contact-imports/:id/rows': {
    access: 'contacts:transfer',
    call: under('/rows'),
    answers: readers(200),
    stranger: 404,
  },
  'POST /api/contact-imports/:id/start': {
    access: 'contacts:transfer',
    call: under('/start', {}),
    answers: readers(200),
    stranger: 404,
  },
  'POST /api/contact-imports/:id/cancel': {
    access: 'contacts:transfer',
    call: under('/cancel'),
    answers: readers(200),
    stranger: 404,
  },
};
