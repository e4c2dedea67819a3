import {
  Contact,
  ContactLink,
  Conversation,
  ConversationMerge,
  Distinction,
  Duplicate,
  DuplicatePair,
  distinguishContacts,
  Id,
  linkContacts,
  listDuplicatePairs,
  listDuplicates,
  listMerges,
  Merge,
  MergeFilter,
  mergeConversations,
  undoMerge,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

/** Two that are one: contacts that are the same person, conversations that are about the same. */
export function merges(app: FastifyInstance): void {
  const { installation } = app;
  const OneContact = Type.Object({ id: Id('contact') });

  route(app, {
    method: 'GET',
    url: '/contacts/:id/duplicates',
    operation: 'contacts.duplicates',
    summary: 'Who may be the same person, with what says so, the likeliest first',
    access: 'contacts:read',
    params: OneContact,
    answer: Type.Object({ data: Type.Array(Duplicate) }),
    handler: ({ request, params }) => listDuplicates(readContext(request), params),
  });

  route(app, {
    method: 'GET',
    url: '/contacts/duplicates',
    operation: 'contacts.duplicatePairs',
    summary: 'All contacts who may be one person, two and two, with what says so; a page may be short',
    access: 'contacts:merge',
    query: PageQuery,
    answer: ListOf(DuplicatePair),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listDuplicatePairs(ctx, query)),
  });

  route(app, {
    method: 'POST',
    url: '/contacts/:id/distinguish',
    operation: 'contacts.distinguish',
    summary: 'Say that another contact is somebody else, who is not suggested again',
    access: 'contacts:merge',
    params: OneContact,
    body: Distinction,
    answer: null,
    errors: ['merge_refused'],
    handler: ({ request, params, body, idempotencyKey }) =>
      distinguishContacts(installation, actorOf(request), { ...body, ...params }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/contacts/:id/link',
    operation: 'contacts.link',
    summary: 'Say that another contact is the same person: all that is theirs becomes this one’s',
    access: 'contacts:merge',
    params: OneContact,
    body: ContactLink,
    answer: Contact,
    errors: ['merge_refused'],
    handler: ({ request, params, body, idempotencyKey }) =>
      linkContacts(installation, actorOf(request), { ...body, ...params }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/merge',
    operation: 'conversations.merge',
    summary: 'Make another conversation with the same contact over the same channel part of this one',
    access: 'conversations:merge',
    params: Type.Object({ id: Id('conversation') }),
    body: ConversationMerge,
    answer: Conversation,
    errors: ['merge_refused', 'contact_erased'],
    handler: ({ request, params, body, idempotencyKey }) =>
      mergeConversations(installation, actorOf(request), { ...body, ...params }, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/merges',
    operation: 'merges.list',
    summary: 'What was linked or merged with a contact or a conversation, the last first',
    access: 'conversations:read',
    query: MergeFilter,
    answer: Type.Object({ data: Type.Array(Merge) }),
    errors: ['not_found'],
    handler: ({ request, query }) => listMerges(readContext(request), query),
  });

  route(app, {
    method: 'POST',
    url: '/merges/:id/undo',
    operation: 'merges.undo',
    summary: 'Take a link of contacts or a merge of conversations back',
    access: 'conversations:read',
    params: Type.Object({ id: Id('merge') }),
    answer: Merge,
    errors: ['merge_refused', 'contact_erased'],
    handler: ({ request, params, idempotencyKey }) => undoMerge(installation, actorOf(request), params, idempotencyKey),
  });
}
