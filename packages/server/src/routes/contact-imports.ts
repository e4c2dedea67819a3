import {
  ContactImport,
  cancelImport,
  createImport,
  getImport,
  Id,
  ImportQuery,
  ImportRow,
  ImportStart,
  listImportRows,
  listImports,
  RowFilter,
  readContactFile,
  startImport,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, csvOf, ListOf, PageQuery, readContext, route, takeCsv } from './route.js';

const ById = Type.Object({ id: Id('import') });
const RowQuery = Type.Object({ ...RowFilter.properties, ...PageQuery.properties }, { additionalProperties: false });

export function contactImports(app: FastifyInstance): void {
  const { installation } = app;

  app.register(async (scope) => {
    takeCsv(scope);
    upload(scope);
  });

  route(app, {
    method: 'GET',
    url: '/contact-imports',
    operation: 'contactImports.list',
    summary: 'Imports of contacts, newest first',
    access: 'contacts:transfer',
    query: PageQuery,
    answer: ListOf(ContactImport),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listImports(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/contact-imports/:id',
    operation: 'contactImports.get',
    summary: 'An import: how its columns are taken, and how far it is',
    access: 'contacts:transfer',
    params: ById,
    answer: ContactImport,
    handler: ({ request, params }) => getImport(readContext(request), params.id),
  });

  route(app, {
    method: 'GET',
    url: '/contact-imports/:id/rows',
    operation: 'contactImports.rows',
    summary: 'Its rows with what became of each, in the order of the file',
    access: 'contacts:transfer',
    params: ById,
    query: RowQuery,
    answer: ListOf(ImportRow),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) => asList(request, (ctx) => listImportRows(ctx, { ...params, ...query })),
  });

  route(app, {
    method: 'POST',
    url: '/contact-imports/:id/start',
    operation: 'contactImports.start',
    summary: 'Import its rows, or go on where that broke off; answers at once',
    access: 'contacts:transfer',
    params: ById,
    body: ImportStart,
    answer: ContactImport,
    errors: ['import_columns_unclear', 'import_state'],
    handler: ({ request, params, body, idempotencyKey }) =>
      startImport(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/contact-imports/:id/cancel',
    operation: 'contactImports.cancel',
    summary: 'Import no more of its rows; those that were imported stay',
    access: 'contacts:transfer',
    params: ById,
    answer: ContactImport,
    errors: ['import_state'],
    handler: ({ request, params, idempotencyKey }) =>
      cancelImport(installation, actorOf(request), params, idempotencyKey),
  });
}

function upload(app: FastifyInstance): void {
  route(app, {
    method: 'POST',
    url: '/contact-imports',
    operation: 'contactImports.create',
    summary: 'Send a file of contacts; nothing is imported before it is started',
    access: 'contacts:transfer',
    query: ImportQuery,
    csvBody: 'A heading and at most 10,000 rows, in UTF-8; with commas, semicolons or tabs',
    answer: ContactImport,
    status: 201,
    errors: ['csv_invalid', 'csv_too_large'],
    handler: async ({ request, query, idempotencyKey }) => {
      const file = await readContactFile(csvOf(request));
      return createImport(app.installation, actorOf(request), { ...query, file }, idempotencyKey);
    },
  });
}
