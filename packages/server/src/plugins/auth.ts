import {
  accessRefused,
  authenticate,
  fail,
  idPattern,
  type Permission,
  scopeOf,
  TimsError,
  type UserActor,
} from '@tims/core';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/** What a route asks of its caller: a permission, only to be signed in, or nothing. */
export type Access = Permission | 'signed_in' | 'public';

/**
 * Checks the access that each route states before anything else of the request is looked at: who it is first, so that
 * requests are counted per user or, where nobody is signed in, per address; then whether they may.
 */
export const auth = fp(
  async (app) => {
    app.decorateRequest('signedIn', null);
    // Without a promise where nothing is waited for: webhooks come by here thousands of times a second.
    app.addHook('onRequest', (request, _reply, done) => {
      // A path that is no route has no access to state.
      if (request.is404 || request.routeOptions.config.access === 'public') return done();
      bearer(request).then((actor) => {
        request.signedIn = actor;
        done();
      }, done);
    });
    app.addHook('onError', (request, _reply, error, done) => {
      if (error instanceof TimsError && error.status === 403) noteRefusal(request, error);
      done();
    });
    app.addHook('preParsing', (request, _reply, payload, done) => {
      const refusal = refusalOf(request);
      if (refusal) done(refusal);
      else done(null, payload);
    });
  },
  { name: 'auth', dependencies: ['errors'] },
);

function refusalOf(request: FastifyRequest): TimsError | undefined {
  const { access } = request.routeOptions.config;
  if (request.is404 || access === 'public') return undefined;
  if (!request.signedIn) return new TimsError('unauthorized');
  // A route without an access would be public by accident.
  if (access === undefined) return new TimsError('forbidden');
  if (access === 'signed_in' || scopeOf(request.signedIn, access)) return undefined;
  return new TimsError('forbidden', `It needs the permission ${access}`);
}

/** What was refused to whom stands in the activity log, with the conversation that it was about. */
function noteRefusal(request: FastifyRequest, { code }: TimsError): void {
  const { operationId: operation = '' } = request.routeOptions.schema ?? {};
  if (!request.signedIn || !/^[a-z_.]{1,64}$/.test(operation)) return;
  const conversationId = conversationIn(request.params, 'id') ?? conversationIn(request.body, 'conversationId');
  request.server.installation.accessLog.note(request.signedIn, {
    action: accessRefused,
    entityId: conversationId,
    conversationId,
    data: { operation, code },
  });
}

const conversationPattern = new RegExp(idPattern('conversation'));

function conversationIn(part: unknown, name: string): string | undefined {
  const id: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined;
  return typeof id === 'string' && conversationPattern.test(id) ? id : undefined;
}

/** The caller of a route that is not public. */
export function actorOf(request: FastifyRequest): UserActor {
  return request.signedIn ?? fail('unauthorized');
}

async function bearer(request: FastifyRequest): Promise<UserActor | null> {
  const match = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '');
  const actor = match?.[1] ? await authenticate(request.server.installation, match[1]) : undefined;
  return actor ?? null;
}

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: UserActor | null;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}
