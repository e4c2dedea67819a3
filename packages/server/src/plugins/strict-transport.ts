import type { FastifyReply, FastifyRequest } from 'fastify';

const halfAYearSeconds = 15_552_000;

/** A browser that came over TLS once comes over TLS only: nobody in between talks it out of that. */
export function strictTransport(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${halfAYearSeconds}`);
  done();
}
