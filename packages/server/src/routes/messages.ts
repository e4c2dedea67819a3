import {
  getMessagesById,
  Id,
  idPattern,
  listMessages,
  Message,
  MessageSearch,
  NewMessage,
  SearchHit,
  searchMessages,
  sendMessage,
  TagChoice,
  tagMessage,
  untagMessage,
  withdrawMessage,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, IdList, ListOf, PageQuery, route } from './route.js';

const ById = Type.Object({ id: Id('message') });

export function messages(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/messages',
    operation: 'messages.list',
    summary: 'Messages by their ids: how a client fetches what events told it of',
    access: 'conversations:read',
    query: Type.Object({ ids: IdList(idPattern('message')) }, { additionalProperties: false }),
    answer: ListOf(Message),
    handler: ({ request, query }) => asList(request, (ctx) => getMessagesById(ctx, query.ids.split(','))),
  });

  route(app, {
    method: 'GET',
    url: '/messages/search',
    operation: 'messages.search',
    summary: 'Messages that say it, as far as the caller sees their conversations',
    access: 'conversations:read',
    query: MessageSearch,
    answer: ListOf(SearchHit),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => searchMessages(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/messages/:orgId',
    operation: 'messages.newest',
    summary: "The organization's messages that the caller may see, the last to come first; a page may be short",
    access: 'conversations:read',
    params: Type.Object({ orgId: Id('organization') }),
    query: PageQuery,
    answer: ListOf(Message),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) =>
      asList(request, (ctx) => listMessages(ctx, { organizationId: params.orgId, ...query })),
  });

  // Two paths of one action: the second is the one that other systems expect.
  for (const { url, operation, summary } of [
    {
      url: '/messages/send',
      operation: 'messages.send',
      summary: 'Say something: into a conversation, or over a channel to an address',
    },
    { url: '/messages', operation: 'messages.create', summary: 'The same as messages.send' },
  ]) {
    route(app, {
      method: 'POST',
      url,
      operation,
      summary,
      access: 'conversations:reply',
      body: NewMessage,
      answer: Message,
      status: 201,
      errors: [
        'not_found',
        'window_closed',
        'recipient_invalid',
        'message_type_unsupported',
        'message_too_long',
        'channel_inactive',
        'contact_blocked',
        'transition_refused',
        'conversation_answered',
      ],
      handler: ({ request, body, idempotencyKey }) =>
        sendMessage(app.installation, actorOf(request), body, idempotencyKey),
    });
  }

  route(app, {
    method: 'DELETE',
    url: '/messages/:id',
    operation: 'messages.withdraw',
    summary: "Take one's own message back while it still waits to be sent",
    access: 'conversations:reply',
    params: ById,
    answer: null,
    errors: ['message_not_withdrawable'],
    handler: async ({ request, params, idempotencyKey }) => {
      await withdrawMessage(app.installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });

  route(app, {
    method: 'POST',
    url: '/messages/:id/tag',
    operation: 'messages.tag',
    summary: 'Put a tag on a message',
    access: 'conversations:tag',
    params: ById,
    body: TagChoice,
    answer: Message,
    handler: ({ request, params, body, idempotencyKey }) =>
      tagMessage(app.installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/messages/:id/tags/:tagId',
    operation: 'messages.untag',
    summary: 'Take a tag off a message',
    access: 'conversations:tag',
    params: Type.Object({ id: Id('message'), tagId: Id('tag') }),
    answer: Message,
    handler: ({ request, params, idempotencyKey }) =>
      untagMessage(app.installation, actorOf(request), params, idempotencyKey),
  });
}
