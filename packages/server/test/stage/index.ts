import type { Clock } from '@tims/core';
import { type AppOptions, build } from '@tims/server';
import { addTestOrganization, openTestInstallation, type TestDatabase, type TestInstallation } from '@tims/testing';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { RateLimits } from '../../src/plugins/limits.js';
import { type Person, personOf } from './people.js';

export * from './inbox.js';
export * from './people.js';
export * from './tokens.js';
export * from './until.js';

/** A server without a socket, on a database of its own, with two organizations. */
export interface Stage {
  app: FastifyInstance;
  tims: TestInstallation;
  /** Another organization of the same installation. */
  other: TestInstallation;
  admin: Person;
  stranger: Person;
  call: Call;
  close(): Promise<void>;
}

export type Call = (method: Method, path: string, options?: CallOptions) => Promise<Answer>;
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'HEAD' | 'OPTIONS';

export interface CallOptions {
  /** Who calls; nobody unless told. */
  as?: Person | string;
  body?: unknown;
  headers?: Record<string, string | undefined>;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the schema promises; answers are checked against the document elsewhere.
  body: any; // undefined where the answer is no JSON
}

const generous: RateLimits = { perMinute: 1_000_000, loginPerMinute: 1_000_000 };

export async function openStage(
  database: TestDatabase,
  { clock, ...options }: Partial<AppOptions> & { clock?: Clock } = {},
): Promise<Stage> {
  // Nothing listens there: no test asks the real provider by accident.
  const tims = await openTestInstallation(database, { graphUrl: 'http://127.0.0.1:9', ...(clock ? { clock } : {}) });
  const other = await addTestOrganization(tims.installation);
  const { installation, ingest } = tims;
  const app = await build({ installation, ingest, rateLimits: generous, ...options });
  return {
    app,
    tims,
    other,
    admin: await personOf(installation, tims.admin, tims.adminEmail),
    stranger: await personOf(installation, other.admin, other.adminEmail),
    call: callerOf(app),
    async close() {
      await app.close();
      await ingest.drain();
      await tims.close();
    },
  };
}

export function callerOf(app: FastifyInstance): Call {
  return async (method, path, { as, body, headers = {} } = {}) => {
    const token = typeof as === 'string' ? as : as?.token;
    const request: InjectOptions = {
      method,
      url: path,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    };
    const response = await app.inject(request);
    const plain = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(plain),
      text: response.payload,
      body: jsonOf(response.payload),
    };
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
