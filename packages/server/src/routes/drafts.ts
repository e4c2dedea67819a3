import { Draft, DraftText, discardDraft, getDraft, Id, listDrafts, saveOwnDraft } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

const ById = Type.Object({ id: Id('conversation') });

export function drafts(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/drafts',
    operation: 'drafts.list',
    summary: "The caller's drafts, the last written first",
    access: 'conversations:reply',
    query: PageQuery,
    answer: ListOf(Draft),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listDrafts(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/conversations/:id/draft',
    operation: 'drafts.get',
    summary: "The caller's draft in a conversation; an empty one of version 0 where there is none",
    access: 'conversations:reply',
    params: ById,
    answer: Draft,
    handler: ({ request, params }) => getDraft(readContext(request), params.id),
  });

  route(app, {
    method: 'PUT',
    url: '/conversations/:id/draft',
    operation: 'drafts.save',
    summary: 'Keep what the caller has written so far; `conflict` brings the draft that another device has written',
    access: 'conversations:reply',
    params: ById,
    body: DraftText,
    answer: Draft,
    handler: ({ request, params, body }) => saveOwnDraft(installation, actorOf(request), { ...params, ...body }),
  });

  route(app, {
    method: 'DELETE',
    url: '/conversations/:id/draft',
    operation: 'drafts.discard',
    summary: "Throw the caller's draft away",
    access: 'conversations:reply',
    params: ById,
    answer: null,
    handler: async ({ request, params }) => {
      await discardDraft(installation, actorOf(request), params.id);
      return undefined;
    },
  });
}
