import {
  accessRefused,
  authenticate,
  byKey,
  fail,
  idPattern,
  lacksSecondFactor,
  type Permission,
  reading,
  scopeOf,
  TimsError,
  type UserActor,
} from '@tims/core';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { accessCookie, crossSiteRefusal } from './session-cookies.js';

/** What a route asks of its caller: a permission, only to be signed in, or nothing. */
export type Access = Permission | 'signed_in' | 'public';

/**
 * Checks the access that each route states before anything else of the request is looked at: who it is first, so that
 * requests are counted per user or, where nobody is signed in, per address; then whether they may.
 */
export const auth = fp(
  async (app) => {
    app.decorateRequest('signedIn', null);
    app.decorateRequest('byCookie', false);
    app.decorateRequest('lacksSecondFactor', false);
    // Without a promise where nothing is waited for: webhooks come by here thousands of times a second.
    app.addHook('onRequest', (request, _reply, done) => {
      // A path that is no route has no access to state.
      if (request.is404 || request.routeOptions.config.access === 'public') return done();
      identify(request).then(() => done(), done);
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
  { name: 'auth', dependencies: ['errors', '@fastify/cookie'] },
);

function refusalOf(request: FastifyRequest): TimsError | undefined {
  const { access, personal, beforeSecondFactor } = request.routeOptions.config;
  if (request.is404 || access === 'public') return undefined;
  const { signedIn } = request;
  if (!signedIn) return new TimsError('unauthorized');
  if (request.byCookie && !reads(request)) {
    const refusal = crossSiteRefusal(request, signedIn.via ?? '');
    if (refusal) return refusal;
  }
  // A route without an access would be public by accident.
  if (access === undefined) return new TimsError('forbidden');
  if (request.lacksSecondFactor && !beforeSecondFactor) return new TimsError('second_factor_setup_required');
  if (personal && byKey(signedIn)) return new TimsError('forbidden', 'It is for people who sign in, not for API keys');
  if (access === 'signed_in' || scopeOf(signedIn, access)) return undefined;
  return new TimsError('forbidden', `It needs the permission ${access}`);
}

/** What was refused to whom stands in the activity log, with the conversation that it was about. */
function noteRefusal(request: FastifyRequest, { code }: TimsError): void {
  const { operationId: operation = '' } = request.routeOptions.schema ?? {};
  if (!request.signedIn || !/^[A-Za-z_.]{1,64}$/.test(operation)) return;
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

/** Finds out who calls: by the token of the header or, where there is no such header at all, by the session's cookie. */
async function identify(request: FastifyRequest): Promise<void> {
  const { installation } = request.server;
  const byHeader = request.headers.authorization !== undefined;
  const token = byHeader ? bearerOf(request) : accessCookie(request);
  const found = token ? await authenticate(installation, token) : undefined;
  // A key is a program's; no browser has one in its cookies, unless somebody put it there.
  if (!found || (!byHeader && byKey(found))) return;
  const actor = { ...found, ip: request.ip };
  request.signedIn = actor;
  request.byCookie = !byHeader;
  request.lacksSecondFactor = await lacksSecondFactor(reading(installation, actor.organization, actor), actor);
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function reads({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: UserActor | null;
    /** Nothing but a cookie says who it is. */
    byCookie: boolean;
    lacksSecondFactor: boolean;
  }
  interface FastifyContextConfig {
    access?: Access;
    personal?: boolean;
    beforeSecondFactor?: boolean;
  }
}
