import {
  Assignment,
  assignConversation,
  Bulk,
  BulkResult,
  bulk,
  CanSend,
  Closing,
  Conversation,
  ConversationFilter,
  CountFilter,
  Counts,
  closeConversation,
  countConversations,
  getConversation,
  getConversationsById,
  Id,
  idPattern,
  listConversations,
  listConversationsWith,
  Message,
  pendConversation,
  ReadMark,
  readConversation,
  reopenConversation,
  TagChoice,
  Transfer,
  tagConversation,
  takeConversation,
  transferConversation,
  untagConversation,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, IdList, ListOf, readAsOf, readContext, route } from './route.js';

const ById = Type.Object({ id: Id('conversation') });

const ListQuery = Type.Object(
  {
    ...ConversationFilter.properties,
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'What was said in it, or who it is with, as GET /api/search takes it; the newest hit first',
      }),
    ),
    ids: Type.Optional(IdList(idPattern('conversation'))),
  },
  { additionalProperties: false },
);

const PageQuery = Type.Object(
  {
    before: Type.Optional(Type.String({ maxLength: 200, description: 'The `before` of a page: what is older' })),
    after: Type.Optional(Type.String({ maxLength: 200, description: 'The `after` of a page: what is newer' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);

const cursor = Type.Union([Type.String(), Type.Null()]);
const ConversationPage = Type.Object(
  {
    conversation: Conversation,
    messages: Type.Array(Message, { description: 'Oldest first' }),
    before: cursor,
    after: cursor,
    canSend: CanSend,
    preview: Type.Boolean({ description: 'Only the last messages are shown until the conversation is taken' }),
    asOf: Type.String(),
  },
  { title: 'ConversationPage' },
);

export function conversations(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/conversations',
    operation: 'conversations.list',
    summary: 'Conversations, last activity first',
    access: 'conversations:read',
    query: ListQuery,
    answer: ListOf(Conversation),
    errors: ['cursor_invalid'],
    handler: ({ request, query: { ids, q, ...filter } }) =>
      asList(request, (ctx) => {
        if (ids) return getConversationsById(ctx, ids.split(','));
        return q === undefined ? listConversations(ctx, filter) : listConversationsWith(ctx, { ...filter, q });
      }),
  });

  route(app, {
    method: 'GET',
    url: '/conversations/counts',
    operation: 'conversations.counts',
    summary: 'How many conversations the caller sees in each place; live, a moment behind the log',
    access: 'conversations:read',
    query: CountFilter,
    answer: Type.Object({ ...Counts.properties, asOf: Type.String() }, { title: 'Counts' }),
    handler: async ({ request, query }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      return { ...(await countConversations(ctx, query)), asOf };
    },
  });

  route(app, {
    method: 'GET',
    url: '/conversations/:id',
    operation: 'conversations.get',
    summary: 'A conversation with its newest messages, or those before or after a cursor',
    access: 'conversations:read',
    params: ById,
    query: PageQuery,
    answer: ConversationPage,
    errors: ['cursor_invalid'],
    handler: async ({ request, params, query }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      return { ...(await getConversation(ctx, { ...params, ...query })), asOf };
    },
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/take',
    operation: 'conversations.take',
    summary: 'Take a conversation that waits; of many at once, one wins',
    access: 'conversations:take',
    params: ById,
    answer: Conversation,
    errors: ['conversation_taken', 'transition_refused'],
    handler: ({ request, params, idempotencyKey }) =>
      takeConversation(installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/assign',
    operation: 'conversations.assign',
    summary: 'Give it to a user, back to its queue, or to another team',
    access: 'conversations:assign',
    params: ById,
    body: Assignment,
    answer: Conversation,
    errors: ['transition_refused', 'conflict'],
    handler: ({ request, params, body, idempotencyKey }) =>
      assignConversation(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/transfer',
    operation: 'conversations.transfer',
    summary: 'Hand it on to a colleague or to the queue of a team, with a note',
    access: 'conversations:assign',
    params: ById,
    body: Transfer,
    answer: Conversation,
    errors: ['transition_refused', 'conflict'],
    handler: ({ request, params, body, idempotencyKey }) =>
      transferConversation(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/pending',
    operation: 'conversations.pend',
    summary: 'Let it wait for the customer; whoever has it keeps it',
    access: 'conversations:close',
    params: ById,
    answer: Conversation,
    errors: ['transition_refused', 'conflict'],
    handler: ({ request, params, idempotencyKey }) =>
      pendConversation(installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/bulk',
    operation: 'conversations.bulk',
    summary: 'Do one thing to up to 500 conversations; says of each what became of it',
    access: 'conversations:read',
    body: Bulk,
    answer: BulkResult,
    errors: ['not_found'],
    handler: ({ request, body, idempotencyKey }) => bulk(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/tags',
    operation: 'conversations.tag',
    summary: 'Put a tag on it',
    access: 'conversations:tag',
    params: ById,
    body: TagChoice,
    answer: Conversation,
    handler: ({ request, params, body, idempotencyKey }) =>
      tagConversation(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/conversations/:id/tags/:tagId',
    operation: 'conversations.untag',
    summary: 'Take a tag off it',
    access: 'conversations:tag',
    params: Type.Object({ id: Id('conversation'), tagId: Id('tag') }),
    answer: Conversation,
    handler: ({ request, params, idempotencyKey }) =>
      untagConversation(installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/close',
    operation: 'conversations.close',
    summary: 'Close it with a reason',
    access: 'conversations:close',
    params: ById,
    body: Closing,
    answer: Conversation,
    errors: ['close_reason_unknown', 'transition_refused', 'conflict'],
    handler: ({ request, params, body, idempotencyKey }) =>
      closeConversation(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/reopen',
    operation: 'conversations.reopen',
    summary: 'Open a closed conversation again',
    access: 'conversations:reopen',
    params: ById,
    answer: Conversation,
    errors: ['transition_refused', 'conflict'],
    handler: ({ request, params, idempotencyKey }) =>
      reopenConversation(installation, actorOf(request), params, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/read',
    operation: 'conversations.read',
    summary: 'Mark it read up to a message; the provider is told too',
    access: 'conversations:reply',
    params: ById,
    body: ReadMark,
    answer: Type.Object({ unreadCount: Type.Integer(), myUnreadCount: Type.Integer() }, { title: 'Unread' }),
    handler: ({ request, params, body, idempotencyKey }) =>
      readConversation(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });
}
