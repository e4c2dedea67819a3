import { getMessagesById, idPattern, Message, NewMessage, sendMessage } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, IdList, ListOf, route } from './route.js';

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
    method: 'POST',
    url: '/messages/send',
    operation: 'messages.send',
    summary: 'Say something: into a conversation, or over a channel to an address',
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
      'transition_refused',
    ],
    handler: ({ request, body, idempotencyKey }) =>
      sendMessage(app.installation, actorOf(request), body, idempotencyKey),
  });
}
