import rateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';

/** Requests a minute from one caller. */
export interface RateLimits {
  /** Signed in: per user; else per address. */
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
      // Never by what the caller merely claims: another made-up token each time would be another caller each time.
      keyGenerator: ({ signedIn, ip }) => signedIn?.id ?? ip,
    });
  },
  { name: 'limits', dependencies: ['errors'] },
);

declare module 'fastify' {
  interface FastifyInstance {
    loginLimit: { max: number; timeWindow: number };
  }
}
