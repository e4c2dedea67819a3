import {
  Contact,
  createTag,
  deleteTag,
  Id,
  listTags,
  NewTag,
  Tag,
  TagChoice,
  TagPatch,
  tagContact,
  untagContact,
  updateTag,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const ById = Type.Object({ id: Id('tag') });

export function tags(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/tags',
    operation: 'tags.list',
    summary: "Everybody's tags and those of the caller's teams",
    access: 'directory:read',
    answer: ListOf(Tag),
    handler: ({ request }) => asList(request, listTags),
  });

  route(app, {
    method: 'POST',
    url: '/tags',
    operation: 'tags.create',
    summary: 'Make a tag, for everybody or for one team',
    access: 'tags:write',
    body: NewTag,
    answer: Tag,
    status: 201,
    errors: ['tag_taken', 'not_found'],
    handler: ({ request, body, idempotencyKey }) => createTag(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'PATCH',
    url: '/tags/:id',
    operation: 'tags.update',
    summary: 'Give a tag another name or colour',
    access: 'tags:write',
    params: ById,
    body: TagPatch,
    answer: Tag,
    errors: ['tag_taken'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateTag(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/tags/:id',
    operation: 'tags.delete',
    summary: 'Remove a tag, and take it off everything',
    access: 'tags:write',
    params: ById,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await deleteTag(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/contacts/:id/tags',
    operation: 'contacts.tag',
    summary: 'Put a tag on a contact',
    access: 'contacts:write',
    params: Type.Object({ id: Id('contact') }),
    body: TagChoice,
    answer: Contact,
    handler: ({ request, params, body, idempotencyKey }) =>
      tagContact(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/contacts/:id/tags/:tagId',
    operation: 'contacts.untag',
    summary: 'Take a tag off a contact',
    access: 'contacts:write',
    params: Type.Object({ id: Id('contact'), tagId: Id('tag') }),
    answer: Contact,
    handler: ({ request, params, idempotencyKey }) =>
      untagContact(installation, actorOf(request), params, idempotencyKey),
  });
}
