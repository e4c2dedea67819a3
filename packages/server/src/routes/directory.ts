import { DirectoryEntry, listDirectory } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import { asList, ListOf, PageQuery, route } from './route.js';

export function directory(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/directory',
    operation: 'directory.list',
    summary: 'Colleagues: name, role, teams, and who is online',
    access: 'directory:read',
    query: PageQuery,
    answer: ListOf(DirectoryEntry),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listDirectory(ctx, query)),
  });
}
