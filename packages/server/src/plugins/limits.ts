import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';

/** Requests a minute from one caller. */
export interface RateLimits {
  /** Signed in: per token; else per address. */
  perMinute: number;
  /** Log-ins per address, so that passwords cannot be tried out. */
  loginPerMinute: number;
}

export const defaultRateLimits: RateLimits = { perMinute: 1_200, loginPerMinute: 30 };

export const limits = fp<Partial<RateLimits>>(
  async (app, options) => {
    const { perMinute, loginPerMinute } = { ...defaultRateLimits, ...options };
    app.decorate('loginLimit', { max: loginPerMinute, timeWindow: 60_000 });
    await app.register(rateLimit, {
      max: perMinute,
      timeWindow: 60_000,
      enableDraftSpec: true,
      keyGenerator: ({ headers, ip }) =>
        headers.authorization ? createHash('sha256').update(headers.authorization).digest('base64') : ip,
    });
  },
  { name: 'limits', dependencies: ['errors'] },
);

declare module 'fastify' {
  interface FastifyInstance {
    loginLimit: { max: number; timeWindow: number };
  }
}
