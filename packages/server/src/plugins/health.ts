import { TimsError } from '@tims/core';
import fp from 'fastify-plugin';
import Type from 'typebox';
import { problemResponses } from '../routes/route.js';

const publicly = { 'x-permission': 'public' } as object; // an extension, which Fastify's schema type does not know
const Healthy = Type.Object({ status: Type.Literal('ok') }, { title: 'Healthy' });

/** `/healthz`: the process lives. `/readyz`: it can take requests now. */
export const health = fp(
  async (app) => {
    let stopping = false;
    app.addHook('preClose', async () => {
      stopping = true;
    });
    const open = { access: 'public', rateLimit: false } as const;
    app.get('/healthz', {
      config: open,
      schema: {
        operationId: 'health.live',
        summary: 'Whether the process lives',
        tags: ['health'],
        ...publicly,
        response: { 200: Healthy, ...problemResponses(['internal_error']) },
      },
      handler: async () => ({ status: 'ok' }),
    });
    app.get('/readyz', {
      config: open,
      schema: {
        operationId: 'health.ready',
        summary: 'Whether it can take requests',
        tags: ['health'],
        ...publicly,
        response: { 200: Healthy, ...problemResponses(['internal_error', 'database_unavailable', 'shutting_down']) },
      },
      handler: async () => {
        if (stopping) throw new TimsError('shutting_down');
        await app.installation.storage.ping().catch((cause: unknown) => {
          throw new TimsError('database_unavailable', undefined, {}, { cause });
        });
        return { status: 'ok' };
      },
    });
  },
  { name: 'health', dependencies: ['auth'] },
);
