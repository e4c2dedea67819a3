import { Search, SearchHit, search as searchAll } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import { asList, ListOf, route } from './route.js';

export function search(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/search',
    operation: 'search.find',
    summary: 'Messages, contacts, notes and tags that say it, as far as the caller may see them',
    access: 'conversations:read',
    query: Search,
    answer: ListOf(SearchHit),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => searchAll(ctx, query)),
  });
}
