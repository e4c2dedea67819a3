import {
  ContactAttribute,
  ContactAttributePatch,
  createContactAttribute,
  deleteContactAttribute,
  listContactAttributes,
  NewContactAttribute,
  updateContactAttribute,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const ByKey = Type.Object({ key: NewContactAttribute.properties.key });

export function contactAttributes(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/contact-attributes',
    operation: 'contactAttributes.list',
    summary: 'What is kept of contacts beside name and kind, in order',
    access: 'contacts:read',
    answer: ListOf(ContactAttribute),
    handler: ({ request }) => asList(request, listContactAttributes),
  });

  route(app, {
    method: 'POST',
    url: '/contact-attributes',
    operation: 'contactAttributes.create',
    summary: 'Add an attribute; key and type never change',
    access: 'settings:write',
    body: NewContactAttribute,
    answer: ContactAttribute,
    status: 201,
    errors: ['attribute_taken', 'limit_reached'],
    handler: ({ request, body, idempotencyKey }) =>
      createContactAttribute(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/contact-attributes/:key',
    operation: 'contactAttributes.update',
    summary: 'Give an attribute another name, place or other options; values stay as they are',
    access: 'settings:write',
    params: ByKey,
    body: ContactAttributePatch,
    answer: ContactAttribute,
    handler: ({ request, params, body, idempotencyKey }) =>
      updateContactAttribute(installation, actorOf(request), { ...body, ...params }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/contact-attributes/:key',
    operation: 'contactAttributes.delete',
    summary: 'Remove an attribute and its values; they are gone from sight at once',
    access: 'settings:write',
    params: ByKey,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await deleteContactAttribute(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
