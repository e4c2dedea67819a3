import type { FastifyRequest } from 'fastify';

/** Whether the page that sent this came from here, or from one of the origins that the settings name. */
export function originAllowed({ headers, server }: FastifyRequest): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return server.allowedOrigins.includes(origin) || origin === `http://${host}` || origin === `https://${host}`;
}
