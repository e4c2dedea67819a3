import { Readable } from 'node:stream';
import type { ErrorCode, Permission } from '@tims/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import { problemResponses } from './route.js';

/** A route whose answer is a CSV file. */
export interface CsvRouteDefinition<Q extends TSchema> {
  url: string;
  operation: string;
  summary: string;
  access: Permission;
  query: Q;
  /** What a browser calls the file. */
  fileName: string;
  /** Errors beside those that every route has. */
  errors?: readonly ErrorCode[];
  rows(request: FastifyRequest, query: Static<Q>): Promise<AsyncIterable<string>>;
}

/** Declares a route that writes its answer row by row, however many there are. */
export function csvRoute<Q extends TSchema>(app: FastifyInstance, definition: CsvRouteDefinition<Q>): void {
  const { url, operation, summary, access, query, fileName, errors = [], rows } = definition;
  app.route({
    method: 'GET',
    url,
    config: { access },
    schema: {
      operationId: operation,
      summary,
      tags: [operation.split('.')[0] ?? ''],
      security: [{ bearer: [] }],
      ...({ 'x-permission': access } as object), // an extension, which Fastify's schema type does not know
      querystring: query,
      response: {
        200: { description: 'Rows with a heading', content: { 'text/csv': { schema: Type.String() } } },
        ...problemResponses([
          'validation_failed',
          'rate_limited',
          'internal_error',
          'database_unavailable',
          'unauthorized',
          'forbidden',
          'second_factor_setup_required',
          ...errors,
        ]),
      },
    },
    handler: async (request, reply) => {
      const lines = await rows(request, request.query as Static<Q>); // validated above
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .send(Readable.from(lines));
    },
  });
}
