import { type ErrorCode, errorCatalogue, TimsError } from '@tims/core';
import type { StorageErrorKind } from '@tims/core/plugin';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import Type, { type Static } from 'typebox';
import { isPage, sendPage } from './web-inbox.js';

/** RFC 9457, with our stable `code`, what to do next, and the request's id. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.Enum(Object.keys(errorCatalogue) as ErrorCode[]), // the catalogue's keys are exactly the codes
    detail: Type.Optional(Type.String()),
    help: Type.String(),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'The fields at fault, as JSON pointers into `body`, `query`, `params` or `headers`',
      }),
    ),
  },
  { title: 'Problem' },
);
export type Problem = Static<typeof Problem>;

const retryAfterSeconds = 2;

/** Turns everything that can go wrong into a problem document; nothing of a stack or of SQL leaves the server. */
export const errors = fp(
  async (app) => {
    app.setErrorHandler(async (error: FastifyError, request, reply) => {
      const problem = toTimsError(error, app.installation.storage.dialect.classify(error));
      if (problem.status >= 500) {
        request.log.error({ err: describe(error), code: problem.code }, 'request failed');
      }
      return send(request, reply, problem, validationErrors(error));
    });
  },
  { name: 'errors' },
);

/** Paths that are no route; counted against the caller's limit like the others. Where there is an inbox, its pages. */
export const notFound = fp<{ inbox: string | undefined }>(
  async (app, { inbox }) => {
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) =>
      inbox !== undefined && isPage(request) ? sendPage(reply, inbox) : noRoute(request, reply),
    );
  },
  { name: 'not-found', dependencies: ['limits'] },
);

/** For paths that cannot even be looked up, such as `/%`; no hook runs for them. */
export function unreadablePath(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  noRoute(request, reply);
}

function noRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(request, reply, new TimsError('route_not_found', `${request.method} has nothing at this path`));
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  error: TimsError,
  fields?: Problem['errors'],
): FastifyReply {
  const { title, help } = errorCatalogue[error.code];
  if (error.status === 503 || error.status === 429) {
    const asked = error.members.retryAfterSeconds;
    if (typeof asked === 'number') reply.header('retry-after', asked);
    if (!reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterSeconds);
  }
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  const problem: Problem & Record<string, unknown> = {
    type: `urn:tims:error:${error.code}`,
    title,
    status: error.status,
    code: error.code,
    ...(error.detail ? { detail: error.detail } : {}),
    help,
    requestId: request.id,
    ...(fields ? { errors: fields } : {}),
    ...error.members,
  };
  return reply.code(error.status).type('application/problem+json').send(problem);
}

/** What Fastify's own errors mean in our catalogue. */
const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_VALIDATION: 'validation_failed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
};

function toTimsError(error: FastifyError, storage: StorageErrorKind | undefined): TimsError {
  if (error instanceof TimsError) return error;
  const detail = error.validation ? firstFault(error) : undefined;
  const known = error.validation ? 'validation_failed' : fastifyCodes[error.code];
  if (known === 'body_too_large')
    return new TimsError(known, 'The limit here is that of the route, 1 MB unless the documentation says otherwise');
  if (known) return new TimsError(known, detail);
  if (storage === 'unavailable' || storage === 'retry') return new TimsError('database_unavailable');
  if (storage === 'data') return new TimsError('validation_failed', 'The database refuses a value of the request');
  if (storage === 'conflict') return new TimsError('conflict');
  if (error.statusCode === 429) return new TimsError('rate_limited');
  if (error.statusCode === 503) return new TimsError('shutting_down');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new TimsError('malformed_body');
  return new TimsError('internal_error');
}

function validationErrors(error: FastifyError): Problem['errors'] {
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
  return error.validation?.slice(0, 20).map((fault) => ({
    path: `/${part}${fault.instancePath}`,
    message: fault.message ?? 'is not valid',
  }));
}

function firstFault(error: FastifyError): string | undefined {
  const [first] = validationErrors(error) ?? [];
  return first && `${first.path} ${first.message}`;
}

/** For the log: where it happened, without the message, which may quote content. */
function describe(error: Error): object {
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack?.split('\n').slice(1, 8),
  };
}
