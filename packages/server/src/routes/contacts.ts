import { Contact, getContact, Id } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
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
}
