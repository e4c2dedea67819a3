import { Contact, ContactExport, exportContacts, getContact, Id } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { csvRoute } from './csv-route.js';
import { readContext, route } from './route.js';

export function contacts(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/contacts/:id',
    operation: 'contacts.get',
    summary: 'A contact with its identities',
    access: 'contacts:read',
    params: Type.Object({ id: Id('contact') }),
    answer: Contact,
    handler: ({ request, params }) => getContact(readContext(request), params.id),
  });

  csvRoute(app, {
    url: '/contacts/export',
    operation: 'contacts.export',
    summary: 'All contacts as CSV, oldest first, as they can be imported again; the export is recorded',
    access: 'contacts:transfer',
    query: ContactExport,
    fileName: 'contacts.csv',
    errors: ['not_found'],
    rows: (request, query) => exportContacts(app.installation, actorOf(request), query),
  });
}
