import {
  Contact,
  ContactExport,
  ContactFilter,
  ContactPatch,
  Conversation,
  createContact,
  exportContacts,
  getContact,
  Id,
  listContactConversations,
  listContacts,
  NewContact,
  StreamMessage,
  streamContact,
  updateContact,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { csvRoute } from './csv-route.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

const ById = Type.Object({ id: Id('contact') });

export function contacts(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/contacts',
    operation: 'contacts.list',
    summary: 'The contacts that the caller sees, the newest first; a page may be short',
    access: 'contacts:read',
    query: ContactFilter,
    answer: ListOf(Contact),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listContacts(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/contacts',
    operation: 'contacts.create',
    summary: 'Write somebody down, with the addresses at which they can be written to',
    access: 'contacts:write',
    body: NewContact,
    answer: Contact,
    status: 201,
    errors: ['attributes_invalid', 'contact_kind_unknown', 'identity_taken', 'not_found', 'recipient_invalid'],
    handler: ({ request, body, idempotencyKey }) => createContact(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/contacts/:id',
    operation: 'contacts.get',
    summary: 'A contact with its identities',
    access: 'contacts:read',
    params: ById,
    answer: Contact,
    handler: ({ request, params }) => getContact(readContext(request), params.id),
  });

  route(app, {
    method: 'PATCH',
    url: '/contacts/:id',
    operation: 'contacts.update',
    summary: 'Change name, kind or attributes of a contact; block or unblock them',
    access: 'contacts:write',
    params: ById,
    body: ContactPatch,
    answer: Contact,
    errors: ['attributes_invalid', 'contact_kind_unknown'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateContact(installation, actorOf(request), { ...body, ...params }, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/contacts/:id/conversations',
    operation: 'contacts.conversations',
    summary: 'All conversations with a contact that the caller sees, last activity first',
    access: 'contacts:read',
    params: ById,
    query: PageQuery,
    answer: ListOf(Conversation),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) =>
      asList(request, (ctx) => listContactConversations(ctx, { ...params, ...query })),
  });

  route(app, {
    method: 'GET',
    url: '/contacts/:id/stream',
    operation: 'contacts.stream',
    summary: 'What was said with a contact over all channels, the newest first',
    access: 'contacts:read',
    params: ById,
    query: PageQuery,
    answer: ListOf(StreamMessage),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) => asList(request, (ctx) => streamContact(ctx, { ...params, ...query })),
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
