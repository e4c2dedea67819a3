import { Readable } from 'node:stream';
import {
  type ErrorCode,
  encodeCursor,
  errorCatalogue,
  fail,
  type Page,
  type ReadContext,
  readHead,
  reading,
} from '@tims/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import { type Access, actorOf } from '../plugins/auth.js';
import { Problem } from '../plugins/errors.js';
import { validatorCompiler } from '../plugins/validation.js';

/** A route: its schemas, the access it asks for, and one call. */
export interface RouteDefinition<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** `resource.verb`: the SDK's name for it. */
  operation: string;
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  /** Instead of JSON the body is a CSV file, as a stream; the text says what is in it. */
  csvBody?: string;
  /** What it answers; null for nothing, which is 204 unless told. */
  answer: A | null;
  status?: 200 | 201 | 202;
  /** Errors beside those that every route has. */
  errors?: readonly ErrorCode[];
  limit?: { max: number; timeWindow: number };
  /** For people who signed in; refused to API keys, whatever they were given. */
  personal?: true;
  /** Open to whoever has to set up their second factor first. */
  beforeSecondFactor?: true;
  /** The answer holds a secret, which is not kept: it takes no Idempotency-Key. */
  secretAnswer?: true;
  handler(call: Call<Static<P>, Static<Q>, Static<B>>): Promise<A extends TSchema ? Static<A> : undefined>;
}

export interface Call<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  request: FastifyRequest;
  reply: FastifyReply;
  /** From the header; only where the method changes something. */
  idempotencyKey: string | undefined;
}

const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'The same key and body answer what the first request answered',
    }),
  ),
});

/** Declares a route with everything that the document and the guards need to know of it. */
export function route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  A extends TSchema = TSchema,
>(app: FastifyInstance, definition: RouteDefinition<P, Q, B, A>): void {
  const { method, url, operation, access, answer, status = answer ? 200 : 204 } = definition;
  const { personal = false, beforeSecondFactor = false, secretAnswer = false, csvBody } = definition;
  const changes = method !== 'GET' && access !== 'public' && !secretAnswer;
  app.route({
    method,
    url,
    // A stream is read, and judged, by the handler.
    ...(csvBody === undefined ? {} : { validatorCompiler: allButBody }),
    config: { access, personal, beforeSecondFactor, ...(definition.limit ? { rateLimit: definition.limit } : {}) },
    schema: {
      operationId: operation,
      summary: definition.summary,
      tags: [operation.split('.')[0] ?? ''],
      ...(access === 'public' ? {} : { security: [{ bearer: [] }] }),
      ...({ 'x-permission': access } as object), // an extension, which Fastify's schema type does not know
      ...(definition.params ? { params: definition.params } : {}),
      // A query that nobody declared is refused like a body's unknown field.
      querystring: definition.query ?? Type.Object({}, { additionalProperties: false }),
      ...(definition.body ? { body: definition.body } : {}),
      ...(csvBody === undefined ? {} : { consumes: [csvType], body: Type.String({ description: csvBody }) }),
      ...(changes ? { headers: IdempotencyHeaders } : {}),
      response: {
        [status]: answer ?? Type.Null(),
        ...problems(definition),
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = callOf<Static<P>, Static<Q>, Static<B>>(request, reply, changes);
      const result = await definition.handler(call);
      return answer ? reply.code(status).send(result) : reply.code(status).send();
    },
  });
}

const csvType = 'text/csv';

const allButBody: typeof validatorCompiler = (part) =>
  part.httpPart === 'body' ? (value: unknown) => ({ value }) : validatorCompiler(part);

/** A scope whose routes take CSV and nothing else; the file is not read before somebody asks for it. */
export function takeCsv(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(csvType, (_request, payload, done) => done(null, payload));
}

/** The bytes of a body that {@link takeCsv} let through. */
export async function* csvOf({ body }: FastifyRequest): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Readable)) fail('unsupported_media_type', `Send the file as \`Content-Type: ${csvType}\``);
  try {
    // Destroyed, the request would take the answer with it: what is wrong with the file is for its sender to read.
    for await (const piece of body.iterator({ destroyOnReturn: false })) yield piece;
  } finally {
    // What is still on the way is let go, for as long as a request may take; paused, it would hold the connection.
    body.resume();
  }
}

function callOf<P, Q, B>(request: FastifyRequest, reply: FastifyReply, changes: boolean): Call<P, Q, B> {
  const key = changes ? request.headers['idempotency-key'] : undefined;
  return {
    // All three were validated against the schemas whose types these are.
    params: request.params as P,
    query: request.query as Q,
    body: request.body as B,
    request,
    reply,
    idempotencyKey: typeof key === 'string' ? key : undefined,
  };
}

const bodyErrors = ['malformed_body', 'unsupported_media_type', 'body_too_large'] as const;
const repetitionErrors = ['idempotency_key_reused', 'idempotency_in_progress', 'contact_erased'] as const;
/** What a page in a browser may be told that signed in with cookies. */
const cookieErrors = ['origin_refused', 'csrf_failed'] as const;

/** The errors of a route by status, each naming its codes. */
function problems({
  method,
  access,
  errors = [],
  params,
  personal,
  beforeSecondFactor,
  secretAnswer,
}: Omit<RouteDefinition<TSchema, TSchema, TSchema, TSchema>, 'handler'>) {
  const codes = new Set<ErrorCode>([
    'validation_failed',
    'rate_limited',
    'internal_error',
    'database_unavailable',
    ...errors,
  ]);
  if (access !== 'public') codes.add('unauthorized');
  if (access !== 'public' && (access !== 'signed_in' || personal)) codes.add('forbidden');
  if (access !== 'public' && !beforeSecondFactor) codes.add('second_factor_setup_required');
  if (access !== 'public' && method !== 'GET') for (const code of cookieErrors) codes.add(code);
  if (params) codes.add('not_found');
  // Also where no body is asked for: one that is sent is read.
  if (method !== 'GET') for (const code of bodyErrors) codes.add(code);
  if (method !== 'GET' && access !== 'public') codes.add('conflict');
  if (method !== 'GET' && access !== 'public' && !secretAnswer) for (const code of repetitionErrors) codes.add(code);
  return problemResponses([...codes]);
}

/** Answers of a route that are errors: by status, each naming its codes. */
export function problemResponses(codes: readonly ErrorCode[]): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      { description: of.join(', '), content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}

/** The context of a read for the caller of this request. */
export function readContext(request: FastifyRequest): ReadContext {
  const actor = actorOf(request);
  return reading(request.server.installation, actor.organization, actor);
}

/** A list's answer. `asOf` is read before the list, so that events from there on bring the reader up to date. */
export const ListOf = <T extends TSchema>(item: T) =>
  Type.Object({
    data: Type.Array(item),
    nextCursor: Type.Union([Type.String(), Type.Null()], { description: 'Null on the last page' }),
    asOf: Type.String({ description: 'The event cursor read before the list' }),
  });

export async function asList<T>(
  request: FastifyRequest,
  read: (ctx: ReadContext) => Promise<Page<T> | T[]>,
): Promise<{ data: T[]; nextCursor: string | null; asOf: string }> {
  const ctx = readContext(request);
  const asOf = await readAsOf(ctx);
  const page = await read(ctx);
  return Array.isArray(page) ? { data: page, nextCursor: null, asOf } : { ...page, asOf };
}

export async function readAsOf(ctx: ReadContext): Promise<string> {
  return encodeCursor(await readHead(ctx.trx, ctx.organization));
}

export const PageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
);

/** A comma-separated list of ids, at most 100. */
export const IdList = (pattern: string) =>
  Type.String({
    pattern: `^${pattern.slice(1, -1)}(,${pattern.slice(1, -1)}){0,99}$`,
    description: 'Ids, separated by commas, at most 100',
  });
